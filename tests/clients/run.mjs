// Looks at a running server and at the committed schema with the tools that frontend teams use.
//   node run.mjs --url http://127.0.0.1:8080/graphql [--schema ../../schema.graphql]
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import * as audit from './checks/audit.mjs';
import * as codegen from './checks/codegen.mjs';
import * as lint from './checks/lint.mjs';
import * as relay from './checks/relay.mjs';

const { values } = parseArgs({
  options: {
    url: { type: 'string' },
    schema: { type: 'string', default: fileURLToPath(new URL('../../schema.graphql', import.meta.url)) },
  },
});
if (!values.url) {
  console.error('usage: node run.mjs --url http://HOST:PORT/graphql [--schema PATH]');
  process.exit(2);
}

// Everything that the tools write goes here, never into the source tree.
const temp = mkdtempSync(join(tmpdir(), 'greenroom-clients-'));
const context = { url: values.url, schema: resolve(values.schema), temp };

const whatWentWrong = (error) => [error, error.cause, ...(error.errors ?? [])].filter(Boolean).map(String);

let passed = 0;
let failed = 0;
for (const { name, check } of [audit, lint, relay, codegen]) {
  const started = performance.now();
  // A check answers with what it has looked at and with a list of problems; one that throws has failed as well.
  const { summary, problems } = await check(context).catch((error) => ({ problems: whatWentWrong(error) }));
  const seconds = ((performance.now() - started) / 1000).toFixed(1);
  if (problems.length === 0) {
    passed += 1;
    console.log(`ok      ${name}: ${summary} (${seconds} s)`);
  } else {
    failed += 1;
    console.log(`FAILED  ${name}: ${problems.length} problem(s) (${seconds} s)`);
    for (const problem of problems) console.log(`          ${problem.trim().replaceAll('\n', '\n          ')}`);
  }
}

rmSync(temp, { recursive: true, force: true });
console.log(`clients: ${passed} passed, ${failed} failed`);
process.exitCode = failed ? 1 : 0;
