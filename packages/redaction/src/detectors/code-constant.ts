import { looksRandom } from '../engine/looks-random.ts';
import { isPublicValue } from '../keys/public-value.ts';
import { placeIn } from './behind-pattern.ts';
import type { Detector, DetectorExamples } from './detector.ts';
import { isPlaceholder } from './placeholder-value.ts';
import { SENSITIVE_KEY } from './sensitive-key.ts';

/** What declares a constant or a variable of that name, and nothing before it on the line. */
const DECLARED =
  /(?:^|[\n;{(]|\\n)[ \t]{0,32}(?:(?:export|const|let|var|val|final|static|private|public|protected|internal|readonly|constexpr|auto|string|String|str|char|byte\[\]|#define|def|pub)(?:\s?\*)?\s{1,4}){0,6}$/;
/** Its type, what gives it a value, and the text it is: `: &str = "…"`, `string = b'…'`, ` "…"` of C. */
const VALUE =
  /(?::? ?[\w&'.*[\]]{1,24})?\s{0,4}(?::?=\s{0,4}|(?<=[A-Z] ))(?:[bBrRuUfFN@]|\[\]byte\(|Buffer\.from\()?(["'`])([^\s"'`\\]{16,256})\1/dy;
/** `KEY=…` in a file of variables. */
const BARE = /=([^\s"'`\\$;,&|<>()]{20,256})(?=\s|$)/dy;
const BEFORE = 120;
const CAPITALS = /^[A-Z_]+$/;
const CHARACTERS = /^[\w+/=.~-]+$/;
/** A bare digest may be that of what is looked up by it. */
const HEX = /^[\da-f]+$/i;

/** `const KEY = '…'`: a text at random that is only called a key, where code declares it. */
export const codeConstant: Detector = {
  kind: SENSITIVE_KEY,
  preset: 'secrets',
  level: 'likely',
  anchors: ['key =', 'key=', 'key :', 'key:', 'key string', 'key "', 'pepper =', 'pepper='],
  find(scan, start, end) {
    const { text } = scan;
    const name = /^\w+/.exec(text.slice(start, end))![0];
    const nameEnd = start + name.length;
    const declared = text.slice(Math.max(0, start - BEFORE), start);
    const isCapital = CAPITALS.test(name);
    VALUE.lastIndex = nameEnd;
    const match = VALUE.exec(text);
    scan.work += 1;
    if (match !== null) {
      const [from, to] = match.indices![2]!;
      scan.work += declared.length;
      const isDeclared = DECLARED.test(declared) && (isCapital || /\w\s+$/.test(declared));
      return isDeclared && isRandom(text, from, to) && scan.maybeFound(SENSITIVE_KEY, from, to);
    }
    const place = isCapital ? placeIn(BARE, scan, nameEnd) : undefined;
    if (place === undefined || !/(?:^|[\n;]|export )$/.test(declared)) return false;
    const isKey = !HEX.test(text.slice(...place)) && isRandom(text, ...place);
    return isKey && scan.maybeFound(SENSITIVE_KEY, ...place);
  },
};

function isRandom(text: string, from: number, to: number): boolean {
  if (isPlaceholder(text, from, to) || isPublicValue(text, from)) return false;
  return CHARACTERS.test(text.slice(from, to)) && looksRandom(text, from, to);
}

export const codeConstantExamples: DetectorExamples = {
  finds: [
    "const KEY = '<<{b62:32}>>';",
    'static final String KEY = "<<{b62:40}>>";',
    'KEY = b"<<{b62:32}>>"',
    'pub const KEY: &str = "<<{b62:40}>>";',
    'const Key string = "<<{b62:32}>>"',
    '#define KEY "<<{b62:32}>>"',
    'let key = "<<{hex:64}>>"',
    'private const string Pepper = "<<{b62:32}>>";',
    'A=1\nKEY=<<{b62:40}>>\n',
  ],
  leaves: [
    "const KEY = 'user-settings';",
    "const STORAGE_KEY = 'theme_v2';",
    "const KEY = 'abcdefghijklmnopqrstuvwxyz0123456789';",
    'key = "{b62:32}"',
    "cache.get(key='{hex:40}')",
    'KEY={hex:40}',
    '{"key":"{b62:32}"}',
    'const key = "com.example.app.cache.users";',
  ],
};
