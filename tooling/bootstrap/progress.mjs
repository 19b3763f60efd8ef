/**
 * Tells what is going on: on a terminal a line that changes, elsewhere (CI, pipes) a line for each step and now and
 * then a sign of life.
 * @typedef {{ step(text: string): void, detail(text: string): void, done(outcome?: string): void }} Progress
 */

/**
 * @param {{ write(text: string): unknown, isTTY?: boolean, columns?: number }} stream
 * @param {Record<string, string | undefined>} env
 * @param {() => number} now
 * @returns {Progress}
 */
export function createProgress(stream, env, now = () => performance.now()) {
  const fancy = stream.isTTY === true && !env['CI'] && env['TERM'] !== 'dumb';
  const signOfLifeMillis = 15_000;
  let current = '';
  let started = 0;
  let lastWritten = 0;
  const seconds = () => `${((now() - started) / 1000).toFixed(1)} s`;
  const clear = '\r\u001B[K';

  return {
    step(text) {
      current = text;
      started = lastWritten = now();
      stream.write(fancy ? `${clear}${text} …` : `${text} …\n`);
    },
    detail(text) {
      if (fancy) {
        stream.write(`${clear}${`${current}: ${text}`.slice(0, (stream.columns ?? 80) - 1)}`);
      } else if (now() - lastWritten >= signOfLifeMillis) {
        lastWritten = now();
        stream.write(`  ${text}\n`);
      }
    },
    done(outcome = 'done') {
      stream.write(`${fancy ? clear : ''}${current}: ${outcome}, ${seconds()}\n`);
    },
  };
}
