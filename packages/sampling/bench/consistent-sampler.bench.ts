import { type Attributes, type Link, ROOT_CONTEXT, SpanKind } from '@opentelemetry/api';
import { TraceIdRatioBasedSampler } from '@opentelemetry/sdk-trace';
import { seededRandom } from '@llm-otel/testing';
import { compare } from '@llm-otel/tooling/bench';
import { consistentSampler } from '@llm-otel/sampling';

const IDS = 1024;
const random = seededRandom('S1');
// In one piece, as the SDK makes them.
const ids = Array.from({ length: IDS }, () => Buffer.from(random.hex(32)).toString('latin1'));
const attributes: Attributes = {};
const links: Link[] = [];
const stock = new TraceIdRatioBasedSampler(0.1);
const ours = consistentSampler({ ratio: 0.1 });

let stockAt = 0;
let oursAt = 0;
compare({
  id: 'S1',
  title: 'root decision, consistent ratio',
  baseline: {
    name: 'stock TraceIdRatioBased',
    run: () =>
      stock.shouldSample(ROOT_CONTEXT, ids[(stockAt = (stockAt + 1) & (IDS - 1))] as string),
  },
  ours: {
    name: 'consistentSampler',
    run: () =>
      ours.shouldSample(
        ROOT_CONTEXT,
        ids[(oursAt = (oursAt + 1) & (IDS - 1))] as string,
        'work',
        SpanKind.INTERNAL,
        attributes,
        links,
      ),
  },
  floor: { timesFaster: 4 },
  stretch: { timesFaster: 7 },
});
