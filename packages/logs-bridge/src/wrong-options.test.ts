import { expect, test } from 'vitest';
import { bridgeConsole, bridgePino, bridgeWinston, pinoStream, winstonTransport } from './index.ts';

const logger = { add: () => undefined, remove: () => undefined };

test.each<[string, () => unknown, string]>([
  [
    'a misspelt option',
    () => bridgeConsole({ minSeverty: 3 } as never),
    'minSeverty is not an option: did you mean minSeverity?',
  ],
  ['one of another bridge', () => bridgePino({ levels: {} } as never), 'levels is not an option'],
  ['one of bridgePino', () => pinoStream({ accepts: () => true } as never), 'accepts is not an'],
  [
    'one of another bridge',
    () => winstonTransport({ messageKey: 'm' } as never),
    'messageKey is not an option',
  ],
  ['no logger', () => bridgeWinston({} as never), 'logger is "object": use a logger of winston'],
  ['no logger', () => bridgeWinston(undefined as never), 'logger is "undefined": use a logger'],
  ['no console', () => bridgeConsole({ console: 5 as never }), 'console is 5: use a console'],
  ['no key', () => bridgePino({ messageKey: 5 as never }), 'messageKey is 5: use text'],
  ['no key', () => pinoStream({ messageKey: '' }), 'messageKey is "": use text'],
  ['no key', () => pinoStream({ errorKey: 5 as never }), 'errorKey is 5: use text'],
  ['no function', () => bridgePino({ accepts: true as never }), 'accepts is true: use a function'],
  [
    'no severities',
    () => bridgeWinston(logger, { levels: { audit: 99 } }),
    'levels.audit is 99: use a severity number from 0 (everything) to 24',
  ],
  ['no levels', () => bridgeWinston(logger, { levels: 5 as never }), 'levels is 5: use an object'],
  ['no options', () => bridgeConsole(null as never), 'options is null: use an object'],
])('%s is told by name: %o', (_, make, message) => {
  expect(make).toThrow(message);
});
