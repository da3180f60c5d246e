/**
 * Adds to package-lock.json the optional packages of other platforms that npm left out (npm/cli issue 4828: a lock file
 * written beside an existing node_modules, or from a registry that lacks them, names those of this machine only, and
 * `npm ci` then refuses it everywhere). Run it after `npm install`: node scripts/complete-lock.mjs
 * Their checksums are not known here; npm fills them in when it next writes the lock file on such a platform.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const FILE = join(import.meta.dirname, '../package-lock.json');
const SYSTEMS = ['darwin', 'linux', 'win32', 'android', 'freebsd', 'openharmony'];
const PROCESSORS = ['arm64', 'x64', 'ia32', 'arm', 'ppc64', 'riscv64', 's390x', 'loong64', 'wasm32'];
const LIBRARIES = { gnu: 'glibc', musl: 'musl' };

/** What a package's name says about where it runs: `core-linux-arm64-musl`. */
function platformOf(name) {
  const words = name.split('/').at(-1).split('-');
  const os = SYSTEMS.filter((system) => words.includes(system));
  const cpu = PROCESSORS.filter((processor) => words.includes(processor));
  const libc = Object.keys(LIBRARIES).filter((library) => words.includes(library));
  if (cpu.length !== 1 || os.length > 1) throw new Error(`which platform is ${name} for? Add it by hand.`);
  return { cpu, ...(libc.length > 0 && { libc: libc.map((word) => LIBRARIES[word]) }), ...(os.length > 0 && { os }) };
}

const lock = JSON.parse(readFileSync(FILE, 'utf8'));
const added = {};
for (const [path, { optionalDependencies = {}, dev, license }] of Object.entries(lock.packages)) {
  for (const [name, version] of Object.entries(optionalDependencies)) {
    if (`node_modules/${name}` in lock.packages || `${path}/node_modules/${name}` in lock.packages) continue;
    if (!/^\d+\.\d+\.\d+/.test(version)) throw new Error(`${name} ${version} is not one version. Add it by hand.`);
    added[`node_modules/${name}`] = { version, ...(dev && { dev }), license, optional: true, ...platformOf(name) };
  }
}
const packages = Object.entries({ ...lock.packages, ...added }).sort(([a], [b]) => a.localeCompare(b, 'en'));
lock.packages = Object.fromEntries(packages);
writeFileSync(FILE, `${JSON.stringify(lock, null, 2)}\n`);
console.log(`${Object.keys(added).length} packages added to package-lock.json`);
