// The committed schema under the two schema configurations of GraphQL-ESLint.
import { copyFileSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import graphqlEslint from '@graphql-eslint/eslint-plugin';
import { ESLint } from 'eslint';

export const name = 'graphql-eslint';

const configs = graphqlEslint.configs;
const rules = {
  ...configs['flat/schema-recommended'].rules,
  ...configs['flat/schema-relay'].rules,

  // Wants `id: ID!` in every output type, "unless they do not have a logical one". These have none: they are values, or
  // parts of the one thing that holds them, and no client can ask for them by themselves. The list is by name, so that a
  // new type without an id is found, and somebody has to decide.
  '@graphql-eslint/strict-id-in-types': [
    'error',
    {
      exceptions: {
        suffixes: ['Connection', 'Edge'],
        types: [
          'PageInfo',
          // Parts of a company: there is one of each, and it goes with its company.
          'InterviewLoop',
          'PrepPlan',
          'PrepWeek',
          'Source',
          // Plain values.
          'MinuteRange',
          'Money',
          // Known by its key, which is its identity everywhere.
          'Tier',
          // About the service and about who asks: there is one of each per request.
          'Service',
          'ServiceLimits',
          'Viewer',
          'ViewerKey',
          'Quota',
          'UsageDay',
        ],
      },
    },
  ],

  // One option of three is off: "a list type should only wrap an edge type". It would forbid every plain list: `[String!]!`,
  // `Query.nodes` (which Relay itself asks for), the `nodes` shortcut of a connection, and the lists of a guide, which are
  // bounded (a guide has at most 256 KiB) and come whole. What can grow is a connection, and the rest of the rule holds for it.
  '@graphql-eslint/relay-edge-types': ['error', { listTypeCanWrapOnlyEdgeType: false }],
};

export async function check({ schema, temp }) {
  // ESLint looks at no file outside its own folder.
  const cwd = join(temp, 'lint');
  mkdirSync(cwd);
  const file = join(cwd, 'schema.graphql');
  copyFileSync(schema, file);

  const eslint = new ESLint({
    cwd,
    overrideConfigFile: true,
    overrideConfig: {
      files: ['**/*.graphql'],
      plugins: { '@graphql-eslint': graphqlEslint },
      languageOptions: { parser: graphqlEslint.parser, parserOptions: { graphQLConfig: { schema: file } } },
      // A comment in the schema cannot switch a rule off.
      linterOptions: { noInlineConfig: true },
      rules,
    },
  });
  const results = await eslint.lintFiles([file]);
  const problems = results.flatMap(({ messages }) =>
    messages.map(({ line, column, ruleId, message }) => `schema.graphql:${line}:${column} ${message} [${ruleId}]`),
  );
  return { summary: `${Object.keys(rules).length} rules, no finding`, problems };
}
