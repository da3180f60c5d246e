import { spawnSync } from 'node:child_process';
import { closeSync, openSync, rmSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';

/**
 * Runs a program with its data folder (first argument) on a disk of its own of so many MiB (second), which ends with it.
 * The kernel lets anybody mount such a disk for himself; whoever looks in from outside finds it below /proc/<pid>/root.
 */
const ON_SMALL_DISK = `
set -e
data=$1 size=$2
shift 2
cp -a "$data" "$data.kept"
mount -t tmpfs -o size="$size"m,mode=700 tmpfs "$data"
cp -a "$data.kept/." "$data"
exec "$@"
`;

const UNSHARED = ['unshare', '--user', '--map-root-user', '--mount'];

/** May we mount? Some systems let only root make a user namespace, and some nobody. */
export function canHaveSmallDisk(): boolean {
  const [program = '', ...args] = UNSHARED;
  return spawnSync(program, [...args, 'mount', '-t', 'tmpfs', 'tmpfs', tmpdir()]).status === 0;
}

/** The command with its data folder on a disk of that size. It runs as root of a world of its own. */
export function onSmallDisk(command: readonly string[], data: string, sizeMiB: number): readonly string[] {
  return [...UNSHARED, 'sh', '-c', ON_SMALL_DISK, 'small-disk', data, String(sizeMiB), ...command];
}

/** A server's own disk: it can be filled, and emptied again. */
export class SmallDisk {
  constructor(private readonly filler: string) {}

  /** Leaves not a byte free. Returns how many were. */
  fill(): number {
    const file = openSync(this.filler, 'w');
    const zeros = Buffer.alloc(64 * 1024);
    let written = 0;
    try {
      for (;;) written += writeSync(file, zeros);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'ENOSPC') throw error;
      return written;
    } finally {
      closeSync(file);
    }
  }

  free(): void {
    rmSync(this.filler);
  }
}
