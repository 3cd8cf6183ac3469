import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { stripVTControlCharacters } from 'node:util';

/** The folder of this package. */
export const here = fileURLToPath(new URL('..', import.meta.url));

/** Runs the script of an installed package with this Node, in a folder. */
export function run(cwd, script, args) {
  return new Promise((done) => {
    execFile(process.execPath, [join(here, 'node_modules', script), ...args], { cwd, timeout: 120_000 }, (error, stdout, stderr) =>
      done({ code: error ? (error.code ?? 'none') : 0, output: stripVTControlCharacters(`${stdout}${stderr}`).trim() || `${error}` }),
    );
  });
}
