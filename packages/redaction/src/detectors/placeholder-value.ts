const OWN = '[REDACTED';
/** Starts of values that stand for a secret without being one: those of templates. */
const STARTS = ['${', '$(', '{{', '<', '%(', 'process.env', 'os.environ', 'import.meta'];
/** `$DB_PASSWORD`, `$env:PASSWORD`, `$password`, `%PASSWORD%`, `@@PASSWORD@@`, `#{password}`: variables of shells and templates. */
const VARIABLE =
  /^(?:\$(?:env:)?(?:[A-Z_][A-Z0-9_]*|[a-z_]+)|%\w+%|@@?\w+@@?|#\{.*|!(?:Ref|Sub|ENV|vault|env)\b.*)$/s;
const LONGEST_VARIABLE = 64;
const LEAST_REPEATED = 3;
const LONGEST_SHOWN = 16;

/** Whether the value was redacted before: once more would count it twice, or change it for ever. */
export function isRedacted(text: string, from: number = 0): boolean {
  return text.startsWith(OWN, from);
}

/** Whether the value is a placeholder, our own or that of a template: nothing to hide. */
export function isPlaceholder(text: string, from: number, to: number): boolean {
  if (isRedacted(text, from) || STARTS.some((start) => text.startsWith(start, from))) return true;
  if (to - from < LEAST_REPEATED) return false;
  if ('$%@#!'.includes(text[from]!) && isVariable(text, from, to)) return true;
  // `sk-…` and `sk-...`: cut for showing it.
  if (to - from < LONGEST_SHOWN && (text.startsWith('...', to - 3) || text[to - 1] === '…'))
    return true;
  // One character repeated: `****`, `xxxx`, `....`.
  const first = text.charCodeAt(from);
  for (let i = from + 1; i < to; i++) if (text.charCodeAt(i) !== first) return false;
  return true;
}

function isVariable(text: string, from: number, to: number): boolean {
  return to - from <= LONGEST_VARIABLE && VARIABLE.test(text.slice(from, to));
}
