import { FreeNames } from '../free-names.ts';
import type { Redactor } from '../redactor.ts';
import type { Container, Editor } from './editor.ts';

type Json = Readonly<Record<string, unknown>>;

/** What a part of a file is redacted with. */
export interface PartContext {
  readonly redactor: Redactor;
  readonly editor: Editor;
  /** Names the place from here on; findings without one are not reported. */
  readonly at: (where: string) => void;
  readonly where: string;
  /** The name of the event that the part belongs to. */
  readonly eventName?: string | undefined;
}

/** A value with the names of the maps around it, so that rules for paths of keys hold. */
export function redactBelow(
  path: readonly string[],
  value: unknown,
  redactor: Redactor,
  eventName?: string,
): unknown {
  let result = redactor.redactDeep(
    path.reduceRight<unknown>((inside, name) => Object.fromEntries([[name, inside]]), value),
    eventName,
  );
  for (let depth = 0; depth < path.length && isMap(result); depth++)
    result = Object.values(result)[0];
  return result;
}

/** Puts what the redactor made of a map or a list into what was read. */
export function applyRedacted(
  before: Container,
  after: Container,
  path: readonly string[],
  context: PartContext,
): void {
  if (isList(before)) {
    const kept = after as readonly unknown[];
    for (const [index, value] of before.entries()) {
      if (index >= kept.length) context.editor.remove(before, index);
      else applyValue(before, index, value, kept[index], path, context);
    }
    return;
  }
  const taken = new Set(Object.keys(before));
  const free = new FreeNames((name) => taken.has(name));
  for (const [key, value] of Object.entries(before)) {
    const inside = [...path, key];
    if (Object.hasOwn(after, key)) {
      applyValue(before, key, value, (after as Json)[key], inside, context);
      continue;
    }
    const [name, redacted] = redactedMember(path, key, value, context) ?? [];
    if (name === undefined) context.editor.remove(before, key);
    else {
      context.editor.rename(before, key, free.nameFor(name));
      applyValue(before, key, value, redacted, inside, context);
    }
  }
}

/** A member that is called otherwise now, or `undefined` when it went. It was counted before. */
export function redactedMember(
  path: readonly string[],
  key: string,
  value: unknown,
  { redactor, at, where, eventName }: Omit<PartContext, 'editor'>,
): readonly [string, unknown] | undefined {
  at('');
  const alone = redactBelow(path, Object.fromEntries([[key, value]]), redactor, eventName);
  at(where);
  return isMap(alone) ? Object.entries(alone)[0] : undefined;
}

function applyValue(
  container: Container,
  key: string | number,
  before: unknown,
  after: unknown,
  path: readonly string[],
  context: PartContext,
): void {
  if (Object.is(before, after)) return;
  if ((isList(before) && isList(after)) || (isMap(before) && isMap(after)))
    applyRedacted(before, after, path, context);
  else context.editor.set(container, key, after);
}

function isList(value: unknown): value is readonly unknown[] {
  return Array.isArray(value);
}

function isMap(value: unknown): value is Json {
  return (
    typeof value === 'object' &&
    value !== null &&
    !Array.isArray(value) &&
    !ArrayBuffer.isView(value)
  );
}
