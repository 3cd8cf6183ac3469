// GraphQL Code Generator (client preset) over codegen/operations.graphql, and TypeScript over what came out.
import { cpSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { generate } from '@graphql-codegen/cli';
import { here, run } from './tools.mjs';

export const name = 'graphql-codegen and tsc --strict';

export async function check({ schema, temp }) {
  const cwd = join(temp, 'codegen');
  cpSync(join(here, 'codegen'), cwd, { recursive: true });
  cpSync(schema, join(cwd, 'schema.graphql'));
  // For the one package that generated code imports.
  symlinkSync(join(here, 'node_modules'), join(cwd, 'node_modules'), 'junction');

  const files = await generate(
    {
      cwd,
      silent: true,
      errorsOnly: true,
      schema: join(cwd, 'schema.graphql'),
      documents: join(cwd, '*.graphql'),
      generates: {
        [join(cwd, 'generated/')]: {
          preset: 'client',
          config: {
            documentMode: 'string',
            useTypeImports: true,
            // A scalar that is not named here stops the check: a client has to be told what it is in JSON.
            strictScalars: true,
            scalars: { Long: 'number', YearMonth: 'string', CurrencyCode: 'string', Date: 'string', DateTime: 'string' },
          },
        },
      },
    },
    true,
  );

  writeFileSync(
    join(cwd, 'tsconfig.json'),
    JSON.stringify({
      compilerOptions: {
        strict: true,
        noEmit: true,
        target: 'es2022',
        lib: ['es2022', 'dom'],
        module: 'esnext',
        moduleResolution: 'bundler',
        types: [],
        // Our code and the generated code are checked, the packages' own declarations are not.
        skipLibCheck: true,
      },
      include: ['usage.ts', 'generated'],
    }),
  );
  const { code, output } = await run(cwd, 'typescript/bin/tsc', ['--project', 'tsconfig.json', '--pretty', 'false']);
  return { summary: `${files.length} files generated, compiled`, problems: code === 0 ? [] : output.split('\n') };
}
