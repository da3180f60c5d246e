import { ENVIRONMENT, type VariableName, variableFacts } from '../../src/environment.js';

const HEAD = `# Jiejian 截件: the environment it reads. Copy this file to .env and set what you need; an empty value means unset.
# \`jiejian\` reads .env from the folder it is started in, unless DATABASE_URL or REDIS_URL is set outside of it.
# 复制为 .env 后按需修改，空值等于未设置。在外部设置了 DATABASE_URL 或 REDIS_URL 时不读取 .env。
# With neither of the two URLs Jiejian runs a Redis and a MariaDB of its own.
#
# Generated from src/environment.ts by \`npm run generate\`.
`;

function variable(name: VariableName): string {
  const { en, zh, fallback, example } = variableFacts(name);
  const note = fallback === null || typeof fallback === 'object' ? '' : ` (${String(fallback)})`;
  const hint = example === undefined ? '' : `\n# ${name}=${example}`;
  return `# ${en}${note}\n# ${zh}${hint}\n${name}=\n`;
}

/** The text of .env.example: every variable, its meaning in both languages, what it is when unset, an example. */
export function renderEnvExample(): string {
  return [HEAD, ...(Object.keys(ENVIRONMENT.shape) as VariableName[]).map(variable)].join('\n');
}
