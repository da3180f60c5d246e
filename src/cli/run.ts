import { Command, CommanderError } from 'commander';
import { reasonOf } from '../check-facts.js';
import { afterRestoreCommand } from './after-restore.js';
import { applyCommand } from './apply.js';
import { auditCommand } from './audit.js';
import { billCommand } from './bill.js';
import type { Place } from './command.js';
import { doctorCommand } from './doctor.js';
import { grantsCommand } from './grants.js';
import { importCommand } from './import.js';
import { CommandFailed, EXIT, type ExitCode, type Io } from './io.js';
import { migrateCommand } from './migrate.js';
import { policyCommand } from './policy.js';
import { rebuildQueuesCommand } from './rebuild-queues.js';
import { replayCommand } from './replay.js';
import { secretsCommand } from './secrets.js';
import { startCommand } from './start.js';
import { tokenCommand } from './token.js';
import { userCommand } from './user.js';
import { verifyCommand } from './verify.js';

/** Every command, in the order `--help` lists them: one line each. */
const COMMANDS: readonly ((place: Place) => void)[] = [
  startCommand,
  migrateCommand,
  grantsCommand,
  applyCommand,
  importCommand,
  billCommand,
  replayCommand,
  policyCommand,
  rebuildQueuesCommand,
  afterRestoreCommand,
  verifyCommand,
  doctorCommand,
  userCommand,
  tokenCommand,
  auditCommand,
  secretsCommand,
];

/** Runs one command line and returns its exit code. Never throws, never ends the process. */
export async function runCli(words: readonly string[], io: Io): Promise<ExitCode> {
  let code: ExitCode = EXIT.ok;
  const program = new Command('jiejian')
    .description(
      { zh: '截件：买家退款时，让在途包裹掉头', en: 'Jiejian turns parcels around when a buyer asks for a refund' }[
        io.language
      ],
    )
    .version(io.version)
    .exitOverride()
    .configureOutput({ writeOut: (text) => io.stdout.write(text), writeErr: (text) => io.stderr.write(text) })
    .showHelpAfterError({ zh: '（--help 查看用法）', en: '(--help shows how it is used)' }[io.language]);
  const end = (ended: ExitCode) => {
    code = ended;
  };
  for (const add of COMMANDS) add({ program, io, end });
  try {
    await program.parseAsync(words, { from: 'user' });
    return code;
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? EXIT.ok : EXIT.usage;
    if (error instanceof CommandFailed) {
      io.stderr.write(`${error.text[io.language]}\n`);
      return error.code;
    }
    const why = reasonOf(error);
    io.stderr.write(`${{ zh: `命令失败：${why}`, en: `The command failed: ${why}` }[io.language]}\n`);
    return EXIT.failed;
  }
}
