/** Wraps text in terminal colours, or leaves it as it is. */
export interface Paint {
  readonly bold: (text: string) => string;
  readonly dim: (text: string) => string;
  readonly red: (text: string) => string;
  readonly green: (text: string) => string;
  readonly cyan: (text: string) => string;
  readonly yellow: (text: string) => string;
}

const plain = (text: string): string => text;
const code =
  (open: number, close: number) =>
  (text: string): string =>
    // Padding stays outside, so that a painted line can be trimmed like a plain one.
    text.replace(/\S(?:.*\S)?/s, (inner) => `\u001B[${open}m${inner}\u001B[${close}m`);

export const noPaint: Paint = {
  bold: plain,
  dim: plain,
  red: plain,
  green: plain,
  cyan: plain,
  yellow: plain,
};

export const ansiPaint: Paint = {
  bold: code(1, 22),
  dim: code(2, 22),
  red: code(31, 39),
  green: code(32, 39),
  cyan: code(36, 39),
  yellow: code(33, 39),
};

/** Colour only on a terminal, and never against `NO_COLOR`; `FORCE_COLOR` wins over both. */
export function choosePaint(
  environment: Readonly<Record<string, string | undefined>>,
  isTerminal: boolean,
): Paint {
  const force = environment.FORCE_COLOR;
  if (force !== undefined && force !== '' && force !== '0') return ansiPaint;
  const refused = (environment.NO_COLOR ?? '') !== '' || environment.TERM === 'dumb';
  return isTerminal && !refused ? ansiPaint : noPaint;
}
