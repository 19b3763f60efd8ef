import { spawn } from 'node:child_process';
import { dirname, delimiter } from 'node:path';

export interface CommandOptions {
  readonly cwd: string;
  readonly env?: NodeJS.ProcessEnv | undefined;
  /** The command and its children are killed after this time. */
  readonly timeoutMillis?: number | undefined;
}

export interface CommandResult {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** A command that ended with another code than 0. The message ends with what it printed. */
export class CommandError extends Error {
  readonly result: CommandResult;

  constructor(command: string, result: CommandResult) {
    super(`${command} ended with code ${result.code}\n${lastLines(result.stdout + result.stderr)}`);
    this.name = 'CommandError';
    this.result = result;
  }
}

/** Runs a command and collects what it prints. Throws {@link CommandError} unless it ends with code 0. */
export async function runCommand(
  command: string,
  args: readonly string[],
  options: CommandOptions,
): Promise<CommandResult> {
  const result = await tryCommand(command, args, options);
  if (result.code !== 0) throw new CommandError([command, ...args].join(' '), result);
  return result;
}

/** The same, with the code left to the caller. */
export function tryCommand(
  command: string,
  args: readonly string[],
  { cwd, env = cleanEnvironment(process.env), timeoutMillis = 180_000 }: CommandOptions,
): Promise<CommandResult> {
  return new Promise((resolve, reject) => {
    // A group of its own, so that a timeout ends what a package manager started too.
    const child = spawn(command, args, {
      cwd,
      env,
      stdio: ['ignore', 'pipe', 'pipe'],
      detached: true,
    });
    let stdout = '';
    let stderr = '';
    child.stdout.setEncoding('utf8').on('data', (text: string) => (stdout += text));
    child.stderr.setEncoding('utf8').on('data', (text: string) => (stderr += text));
    const timer = setTimeout(() => {
      stderr += `\nstopped after ${timeoutMillis} ms`;
      if (child.pid !== undefined) process.kill(-child.pid, 'SIGKILL');
    }, timeoutMillis);
    child.on('error', (error) => {
      clearTimeout(timer);
      reject(error);
    });
    child.on('close', (code) => {
      clearTimeout(timer);
      resolve({ code: code ?? 1, stdout, stderr });
    });
  });
}

// What a package script, a test runner or a telemetry user leaves in the environment would change what is measured.
const LEAKS =
  /^(npm_(package|lifecycle|command|config_(local_prefix|user_agent|global_prefix))|PNPM_SCRIPT|NODE_(OPTIONS|PATH|V8_COVERAGE|ENV)$|OTEL_|LLM_OTEL_|VITEST|TURBO_)/;

/** The environment of a user's fresh shell: the user's own settings, and the Node.js that runs this script. */
export function cleanEnvironment(
  environment: NodeJS.ProcessEnv,
  node: string = process.execPath,
): NodeJS.ProcessEnv {
  const kept = Object.entries(environment).filter(([name]) => !LEAKS.test(name));
  return {
    ...Object.fromEntries(kept),
    PATH: [dirname(node), environment['PATH']].filter(Boolean).join(delimiter),
  };
}

function lastLines(text: string, lines = 60): string {
  return text.trimEnd().split('\n').slice(-lines).join('\n');
}
