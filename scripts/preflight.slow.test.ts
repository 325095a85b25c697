import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, lstatSync, mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect, test } from 'vitest';
import { scratchFolder } from '../terminal/command.fixture.ts';

const program = 'console.log(JSON.stringify([process.execPath, process.argv.slice(2)])); process.exitCode = 7;';

/** A project with these scripts, and with Node as npm before 11.1 leaves it: installed, and linked nowhere. */
function project({ installed = true, own = false } = {}): string {
  const folder = scratchFolder();
  mkdirSync(join(folder, 'scripts'));
  cpSync(join(import.meta.dirname, 'preflight.mjs'), join(folder, 'scripts', 'preflight.mjs'));
  writeFileSync(join(folder, 'program.mjs'), program);
  mkdirSync(join(folder, 'node_modules', '.bin'), { recursive: true });
  if (installed) {
    writeFileSync(join(folder, 'node_modules', '.package-lock.json'), '{}');
  }
  if (own) {
    mkdirSync(join(folder, 'node_modules', 'node', 'bin'), { recursive: true });
    symlinkSync(process.execPath, join(folder, 'node_modules', 'node', 'bin', 'node'));
  }
  return folder;
}

const run = (folder: string, ...args: string[]) =>
  spawnSync(process.execPath, ['--import', './scripts/preflight.mjs', 'program.mjs', ...args], {
    cwd: folder,
    encoding: 'utf8',
  });

test('without dependencies it says what to do', () => {
  const { status, stderr, stdout } = run(project({ installed: false }));
  expect([status, stdout, stderr]).toEqual([1, '', 'The dependencies are not installed. Run: npm ci\n']);
});

test('a machine for which npm has no Node runs the command on its own', () => {
  const { status, stdout } = run(project(), 'one', 'and two');
  expect([status, JSON.parse(stdout)]).toEqual([7, [process.execPath, ['one', 'and two']]]);
});

test.skipIf(process.platform === 'win32')(
  'a Node whose link npm took away is linked again, and runs the command (a POSIX link; on Windows a .cmd)',
  () => {
    const folder = project({ own: true });
    const link = join(folder, 'node_modules', '.bin', 'node');
    expect(existsSync(link)).toBe(false);
    for (const _ of ['the first command', 'the next']) {
      const { status, stdout, stderr } = run(folder, 'one', 'and two');
      expect([status, JSON.parse(stdout), stderr]).toEqual([7, [process.execPath, ['one', 'and two']], '']);
      expect(lstatSync(link).isSymbolicLink()).toBe(true);
    }
    const { PATH } = process.env;
    const version = spawnSync('node', ['-p', 'process.execPath'], {
      env: { ...process.env, PATH: `${dirname(link)}:${PATH}` },
      encoding: 'utf8',
    });
    expect(version.stdout.trim()).toBe(process.execPath);
  },
);
