import type { CliCommand, CliIo } from '@llm-otel/core';

const USAGE_MISTAKE = 2;

/** Finds the command that `args` name and runs it. Resolves with the exit code, never rejects. */
export async function runCli(
  args: readonly string[],
  io: CliIo,
  find: (report: (problem: string) => void) => Promise<readonly CliCommand[]>,
): Promise<number> {
  const [name, ...rest] = args;
  const commands = await find((problem) => io.stderr.write(`llm-otel: ${problem}\n`));
  if (name === undefined || name === '--help' || name === '-h' || name === 'help') {
    const topic = name === 'help' ? rest[0] : undefined;
    const command = commands.find((other) => other.name === topic);
    if (command !== undefined) return run(command, ['--help'], io);
    // Asked for, the list is a result; without a command it is an answer to a mistake.
    io[name === undefined ? 'stderr' : 'stdout'].write(helpOf(commands));
    return name === undefined ? USAGE_MISTAKE : 0;
  }
  const command = commands.find((other) => other.name === name);
  if (command !== undefined) return run(command, rest, io);
  io.stderr.write(`llm-otel: there is no command ${JSON.stringify(name)}\n\n${helpOf(commands)}`);
  return USAGE_MISTAKE;
}

async function run(command: CliCommand, args: readonly string[], io: CliIo): Promise<number> {
  try {
    return await command.run(args, io);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    io.stderr.write(`llm-otel ${command.name}: ${reason}\n`);
    return 1;
  }
}

function helpOf(commands: readonly CliCommand[]): string {
  const width = Math.max(0, ...commands.map(({ name }) => name.length));
  const rows = commands.map(({ name, summary }) => `  ${name.padEnd(width)}  ${summary}\n`);
  return [
    'Usage: llm-otel <command> [options]\n\n',
    rows.length === 0
      ? 'No installed @llm-otel package has commands.\n'
      : `Commands:\n${rows.join('')}`,
    '\nllm-otel <command> --help tells what a command takes.\n',
  ].join('');
}
