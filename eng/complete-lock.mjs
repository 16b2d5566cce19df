// Completes Chat.Web/package-lock.json. A registry that lacks the builds of a package for other systems leaves them out of the lock file that
// `npm install` writes, and then `npm ci` refuses it on every machine: "Missing: @rollup/rollup-win32-x64-msvc@ from lock file". An entry with
// version, system and processor is all that `npm ci` asks of what is not for this machine; it downloads nothing for it.
// After `npm install`: node eng/complete-lock.mjs. Does nothing where nothing is missing.
import { readFileSync, writeFileSync } from 'node:fs';

const path = new URL(process.argv[2] ?? '../Chat.Web/package-lock.json', process.argv[2] ? `file://${process.cwd()}/` : import.meta.url);
const lock = JSON.parse(readFileSync(path, 'utf8'));
const added = [];

for (const [at, entry] of Object.entries(lock.packages)) {
  for (const [name, version] of Object.entries(entry.optionalDependencies ?? {})) {
    const system = systemOf(name);
    if (system && /^\d/.test(version) && !isInstalledFor(at, name)) {
      lock.packages[`node_modules/${name}`] = { version, ...system.only, ...(entry.dev && { dev: true }), optional: true };
      added.push(`${name}@${version}`);
    }
  }
}

if (added.length > 0) {
  const sorted = Object.entries(lock.packages).sort(([a], [b]) => (a < b ? -1 : 1));
  writeFileSync(path, `${JSON.stringify({ ...lock, packages: Object.fromEntries(sorted) }, null, 2)}\n`);
}

console.log(added.length === 0 ? 'The lock file is whole.' : `Added ${added.length}: ${added.join(' ')}`);

/** Node looks for a package in each node_modules above the one that asks. */
function isInstalledFor(at, name) {
  for (let folder = at; ; folder = folder.slice(0, Math.max(folder.lastIndexOf('/node_modules/'), 0))) {
    if (`${folder === '' ? '' : `${folder}/`}node_modules/${name}` in lock.packages) {
      return true;
    }

    if (folder === '') {
      return false;
    }
  }
}

/** `@rollup/rollup-linux-arm64-musl` → linux, arm64, musl: how all packages with native parts name them. */
function systemOf(name) {
  const match = /-(aix|android|darwin|freebsd|linux|netbsd|openbsd|openharmony|sunos|win32)-(\w+?)(?:-(\w+))?$/.exec(name);
  const [, os, cpu, abi] = match ?? [];
  const libc = abi?.startsWith('musl') ? 'musl' : 'glibc';
  return match && { only: { cpu: [cpu], ...(os === 'linux' && abi && { libc: [libc] }), os: [os] } };
}
