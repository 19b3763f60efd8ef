import { readFile, stat } from 'node:fs/promises';
import { basename, extname } from 'node:path';
import type { Environment } from '@llm-otel/core';
import { loadPeer } from '@llm-otel/core/setup';
import { rethrow } from '../rethrow.ts';
import { ConfigurationFileError, type Locate, nameOf } from './problems.ts';
import { scalarOf } from './scalar.ts';
import { hasReference, substituted } from './substitute.ts';

/** A file as data, with its variables put in. */
export interface FileData {
  /** For messages: the name without the folder. */
  readonly name: string;
  readonly value: unknown;
  readonly locate: Locate;
  /** References that cannot be replaced, each with its place. */
  readonly errors: readonly string[];
}

// A configuration has some kilobytes.
const MAX_BYTES = 1024 * 1024;
const MAX_DEPTH = 64;

/**
 * Reads a file of YAML (with the package `yaml`) or JSON.
 * @throws ConfigurationFileError where it cannot be read or is no such text; MissingPeerError for YAML without the package
 */
export async function readFileData(path: string, environment: Environment): Promise<FileData> {
  const name = basename(path);
  const text = await textOf(path, name);
  return extname(path).toLowerCase() === '.json'
    ? jsonData(name, text, environment)
    : yamlData(name, text, environment);
}

async function textOf(path: string, name: string): Promise<string> {
  try {
    const { size } = await stat(path);
    if (size <= MAX_BYTES) return await readFile(path, 'utf8');
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new ConfigurationFileError(name, [`OTEL_CONFIG_FILE: ${reason}`], { cause: error });
  }
  throw new ConfigurationFileError(name, [`it has more than ${MAX_BYTES} bytes`]);
}

function jsonData(name: string, text: string, environment: Environment): FileData {
  const locate: Locate = () => name;
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    throw new ConfigurationFileError(name, [
      error instanceof Error ? error.message : String(error),
    ]);
  }
  const errors: string[] = [];
  // JSON has no plain scalars: what a variable holds is typed as one, or no number could come from it.
  const put = (item: unknown, at: (string | number)[]): unknown => {
    if (at.length > MAX_DEPTH) throw new ConfigurationFileError(name, ['it is nested too deeply']);
    if (Array.isArray(item)) return item.map((each, index) => put(each, [...at, index]));
    if (typeof item === 'object' && item !== null) {
      const entries = Object.entries(item).map(([key, each]) => [key, put(each, [...at, key])]);
      return Object.fromEntries(entries) as unknown;
    }
    if (typeof item !== 'string' || !hasReference(item)) return item;
    try {
      return scalarOf(substituted(item, environment));
    } catch (error) {
      errors.push(`${name} ${nameOf(at)}: ${(error as Error).message}`);
      return undefined;
    }
  };
  return { name, value: put(value, []), locate, errors };
}

async function yamlData(name: string, text: string, environment: Environment): Promise<FileData> {
  const { parseDocument, LineCounter, visit, isMap, isNode, isScalar, Scalar } = await loadPeer(
    'yaml',
    `reading ${name}`,
    () => import(/* turbopackOptional: true */ 'yaml').catch(rethrow),
  );
  const lines = new LineCounter();
  const place = (offset: number | undefined): string => {
    if (offset === undefined) return name;
    const { line, col } = lines.linePos(offset);
    return `${name}:${line}:${col}`;
  };
  const document = parseDocument(text, {
    version: '1.2',
    schema: 'core',
    merge: true,
    lineCounter: lines,
    prettyErrors: false,
    stringKeys: true,
  });
  if (document.errors.length > 0) {
    const found = document.errors.map(({ message, pos }) => `${place(pos[0])} ${message}`);
    const isInBraces = text.includes('${') && found.some((message) => message.includes('flow-map'));
    throw new ConfigurationFileError(
      name,
      isInBraces ? [...found, 'write ${…} in quotes inside of { } and [ ]'] : found,
    );
  }
  const errors: string[] = [];
  visit(document, {
    Scalar(key, node) {
      // Keys stay as they are, so that a variable cannot change what is configured, only to what.
      if (key === 'key' || typeof node.value !== 'string' || !hasReference(node.value)) return;
      try {
        const value = substituted(node.value, environment);
        node.value = node.type === Scalar.PLAIN ? scalarOf(value) : value;
      } catch (error) {
        errors.push(`${place(node.range?.[0])} ${(error as Error).message}`);
      }
    },
  });
  const locate: Locate = (path) => {
    // What is missing stands where its mapping does.
    for (let length = path.length; length > 0; length--) {
      const parent: unknown = document.getIn(path.slice(0, length - 1), true);
      const key = path[length - 1];
      const pair = isMap(parent)
        ? parent.items.find((item) => isScalar(item.key) && item.key.value === key)
        : undefined;
      const node: unknown = pair?.key ?? document.getIn(path.slice(0, length), true);
      if (isNode(node) && node.range) return place(node.range[0]);
    }
    return name;
  };
  let value: unknown;
  try {
    value = document.toJS({ maxAliasCount: 100 });
  } catch (error) {
    throw new ConfigurationFileError(name, [
      error instanceof Error ? error.message : String(error),
    ]);
  }
  return { name, value, locate, errors };
}
