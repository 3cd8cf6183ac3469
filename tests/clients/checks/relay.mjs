// Relay's compiler on the pages in relay/: it knows the rules of connections, refetching and global ids, and refuses a
// schema that breaks them.
import { cpSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { here, run } from './tools.mjs';

export const name = 'relay-compiler';

export async function check({ schema, temp }) {
  const cwd = join(temp, 'relay');
  cpSync(join(here, 'relay'), join(cwd, 'src'), { recursive: true });
  cpSync(schema, join(cwd, 'schema.graphql'));
  mkdirSync(join(cwd, 'generated'));
  writeFileSync(
    join(cwd, 'relay.config.json'),
    JSON.stringify({
      src: './src',
      schema: './schema.graphql',
      artifactDirectory: './generated',
      language: 'typescript',
    }),
  );

  const { code, output } = await run(cwd, 'relay-compiler/cli.js', ['relay.config.json']);
  if (code !== 0) return { problems: [output] };
  const written = readdirSync(join(cwd, 'generated')).filter((file) => file.endsWith('.graphql.ts'));
  // Each page gives its query, its fragment, and the query that fetches the next part of the list.
  const expected = ['CompaniesPage', 'CompanyQuestions', 'QuestionsPage'].flatMap((page) => [`${page}Query`, `${page}_list`, `${page}MoreQuery`]);
  const problems = expected.filter((artifact) => !written.includes(`${artifact}.graphql.ts`)).map((artifact) => `no artifact ${artifact}`);
  return { summary: `3 pages with connections, ${written.length} artifacts`, problems };
}
