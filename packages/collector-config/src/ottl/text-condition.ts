import { ottlString } from './literals.ts';

/**
 * The condition that `path` is a text and fits `pattern`, in which each `*` stands for any text.
 * @param isText - that it is one is known, as with a span's name
 */
export function textCondition(path: string, pattern: string, isText: boolean = false): string {
  if (!pattern.includes('*')) return `${path} == ${ottlString(pattern)}`;
  const parts = pattern.split(/\*+/);
  const [first = '', last = ''] = parts;
  let fits: string;
  if (parts.length > 2) {
    const expression = parts.map((part) => escapeRegExp(part)).join('.*');
    fits = `IsMatch(${path}, ${ottlString(`^(?s:${expression})$`)})`;
  } else if (last === '' && first === '') {
    fits = '';
  } else if (last === '') {
    fits = `HasPrefix(${path}, ${ottlString(first)})`;
  } else if (first === '') {
    fits = `HasSuffix(${path}, ${ottlString(last)})`;
  } else {
    fits = `IsMatch(${path}, ${ottlString(`^(?s:${escapeRegExp(first)}.*${escapeRegExp(last)})$`)})`;
  }
  // Numbers would be turned into texts.
  const guard = isText ? '' : `IsString(${path})`;
  if (fits === '') return guard === '' ? 'true' : guard;
  return guard === '' ? fits : `${guard} and ${fits}`;
}

/** For RE2, which is what Go has. */
export function escapeRegExp(text: string): string {
  return text.replaceAll(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`);
}
