// What a line costs with the bridge beside what it costs without. The records go nowhere: what an SDK does with them is
// its own cost.
import { Console } from 'node:console';
import { Writable } from 'node:stream';
import { pino } from 'pino';
import { compare } from '@llm-otel/tooling/bench';
import { bridgeConsole, bridgePino, pinoStream } from '@llm-otel/logs-bridge';

const loggerProvider = { getLogger: () => ({ emit: () => undefined }) };
const nowhere = { write: () => undefined };
const fields = { order: { id: 7, items: ['a', 'b'] }, customer: 'c-42' };
const log = pino({}, nowhere);
let remove = (): void => undefined;

compare({
  id: 'pino',
  title: 'a line of pino with four fields',
  baseline: { name: 'no bridge', run: () => log.info(fields, 'order placed') },
  ours: {
    name: 'bridgePino',
    before: () => (remove = bridgePino({ loggerProvider })),
    run: () => log.info(fields, 'order placed'),
    after: () => remove(),
  },
  bytes: true,
  floor: { maxExtraNanos: 30_000 },
});

compare({
  id: 'pino low',
  title: 'a line of pino that is not severe enough to be sent on',
  baseline: { name: 'no bridge', run: () => log.info(fields, 'order placed') },
  ours: {
    name: 'bridgePino, minSeverity 13',
    before: () => (remove = bridgePino({ loggerProvider, minSeverity: 13 })),
    run: () => log.info(fields, 'order placed'),
    after: () => remove(),
  },
  floor: { timesTheTime: 2.5 },
});

const both = pino(
  {},
  pino.multistream([{ stream: nowhere }, { stream: pinoStream({ loggerProvider }) }]),
);
compare({
  id: 'pino stream',
  title: 'the same line through pinoStream',
  baseline: { name: 'no bridge', run: () => log.info(fields, 'order placed') },
  ours: { name: 'pinoStream', run: () => both.info(fields, 'order placed') },
  floor: { maxExtraNanos: 40_000 },
});

const stream = new Writable({
  write(_chunk, _encoding, done) {
    done();
  },
});
const bare = new Console(stream);
const bridged = new Console(stream);
bridgeConsole({ loggerProvider, console: bridged });
compare({
  id: 'console',
  title: 'a line of the console with an object',
  baseline: { name: 'no bridge', run: () => bare.log('order placed', fields) },
  ours: { name: 'bridgeConsole', run: () => bridged.log('order placed', fields) },
  floor: { maxExtraNanos: 30_000 },
});
