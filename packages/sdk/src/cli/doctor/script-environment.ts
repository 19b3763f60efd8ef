import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { parseEnv } from 'node:util';
import type { Environment } from '@llm-otel/core';
import type { Installation } from './installed-packages.ts';

const NODE = /\b(?:node|tsx|ts-node)\b/;
const ASSIGNMENTS = /^\s*(?:(?:cross-env|env)\s+)?((?:[A-Za-z_]\w*=(?:"[^"]*"|'[^']*'|\S)*\s+)+)/;
const ASSIGNMENT = /([A-Za-z_]\w*)=((?:"[^"]*"|'[^']*'|\S)*)/g;
const ENV_FILES = /(?<=^|\s)--env-file(?:-if-exists)?(?:=|\s+)(?:"([^"]*)"|'([^']*)'|([^\s'"]+))/g;

/**
 * The variables that the application has when it is started by its `start` script: those that stand in front of the
 * command win over those of `outer`, and those of a file (`--env-file`) are there where nothing else says so.
 */
export function scriptEnvironment(
  { manifest, root }: Installation,
  outer: Environment,
): Environment {
  const commands = (manifest.scripts?.['start'] ?? '').split(/&&|\|\||[;|]/);
  const command = commands.find((text) => NODE.test(text)) ?? '';
  const [, assigned = ''] = ASSIGNMENTS.exec(command) ?? [];
  const own = [...assigned.matchAll(ASSIGNMENT)].flatMap(([, name = '', value = '']) =>
    // What a shell puts there is not known.
    value.includes('$') ? [] : [[name, value.replaceAll(/"([^"]*)"|'([^']*)'/g, '$1$2')] as const],
  );
  const files = [...command.matchAll(ENV_FILES)].map(([, ...names]) =>
    variablesIn(resolve(root, names.find((name) => name !== undefined) ?? '')),
  );
  return { ...Object.assign({}, ...files), ...outer, ...Object.fromEntries(own) };
}

function variablesIn(path: string): Environment {
  try {
    return parseEnv(readFileSync(path, 'utf8'));
  } catch {
    return {};
  }
}
