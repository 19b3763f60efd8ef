// Every split point of every text of the corpus through the stream redactor: the parts must give what the whole gives.
// Run by `npm run test:long`.
import { createRedactor, createStreamRedactor } from '../../src/index.ts';
import { optInPositives, positives, unseenPositives } from '../corpus/corpus.ts';
import { firstSightPositives, secondRoundPositives } from '../first-sight/texts.ts';

const redactor = createRedactor({ version: 1, presets: ['strict'] });
const prose =
  'The quick agent looked at the order and wrote a short answer to the customer, who was glad. '.repeat(
    8,
  );
/** What stands between texts that are glued together. */
const GLUE = ['\n', ' ', prose, '', '; ', '\n\n', ' | '];
const stream = createStreamRedactor(redactor);
const texts = [
  ...firstSightPositives(2),
  ...secondRoundPositives(2),
  ...positives(),
  ...unseenPositives(),
  ...optInPositives(),
].map(({ text }) => text);

function inParts(text: string, ...parts: readonly string[]): boolean {
  const out = parts.map((part) => stream.write(part)).join('') + stream.end();
  const whole = redactor.redact(text);
  if (out === whole) return true;
  let at = 0;
  while (out[at] === whole[at]) at++;
  const near = (value: string): string =>
    JSON.stringify(value.slice(Math.max(0, at - 80), at + 80));
  process.stderr.write(
    `in ${parts.length} parts ${near(out)} and not ${near(whole)}
`,
  );
  return false;
}

let splits = 0;
let wrong = 0;
for (const text of texts) {
  for (let at = 1; at < text.length; at++) {
    splits++;
    if (!inParts(text, text.slice(0, at), text.slice(at))) wrong++;
  }
}
let embedded = 0;
for (const [index, text] of texts.entries()) {
  const whole = `${prose}${text}\n${prose}${texts[(index * 7) % texts.length]!} ${prose}`;
  embedded++;
  if (!inParts(whole, ...(whole.match(/[^]{1,9}/g) ?? []))) wrong++;
}
let glued = 0;
for (const [index, text] of texts.entries()) {
  const others = [11, 13, 17].map((step) => texts[(index * step + step) % texts.length]!);
  const whole = [text, ...others].join(GLUE[index % GLUE.length]) + prose;
  glued++;
  if (!inParts(whole, ...(whole.match(/[^]{1,40}/g) ?? []))) wrong++;
}
process.stdout.write(
  `result: ${splits} splits of ${texts.length} texts and ${embedded} texts in prose, in parts of 9 characters, and ${glued} of four texts glued together: ${wrong} differ from the whole\n${splits + embedded + glued - wrong} passed, ${wrong} failed\n`,
);
process.exitCode = wrong === 0 ? 0 : 1;
