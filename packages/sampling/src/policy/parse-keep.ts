import {
  type Check,
  checkMembers,
  fail,
  isNumber,
  isText,
  type Json,
  objectAt,
  share,
} from './json-checks.ts';
import type { AdaptiveShare, Keep, RateLimit, SamplingKey } from './sampling-policy.ts';

const FORMS = '"all", "none", { "ratio": 0.1 }, { "rate": … } or { "adaptive": … }';
const KEYS = ['name', 'service', 'model', 'agent'];

const positive: Check = {
  holds: (value) => isNumber(value) && value > 0,
  use: 'a number above 0',
};

export function parseKeep(json: unknown, path: string): Keep {
  if (json === 'all' || json === 'none') return json;
  if (typeof json !== 'object' || json === null || Array.isArray(json)) fail(path, json, FORMS);
  const keep = objectAt(json, path, ['ratio', 'rate', 'adaptive']);
  // A second member would be left out silently.
  const [form, more] = Object.keys(keep);
  if (form === undefined || more !== undefined) fail(path, json, FORMS);
  if (form === 'rate') return { rate: parseRate(keep['rate'], `${path}.rate`) };
  if (form === 'adaptive') return { adaptive: parseAdaptive(keep['adaptive'], `${path}.adaptive`) };
  const { ratio } = keep;
  if (!share.holds(ratio)) fail(`${path}.ratio`, ratio, share.use);
  return { ratio: ratio as number };
}

function parseRate(json: unknown, path: string): RateLimit {
  const rate = objectAt(json, path, ['tracesPerSecond', 'burst', 'per']);
  const { tracesPerSecond, per } = rate;
  if (!positive.holds(tracesPerSecond)) {
    fail(`${path}.tracesPerSecond`, tracesPerSecond, positive.use);
  }
  checkMembers(rate, path, {
    burst: { holds: (value) => isNumber(value) && value >= 1, use: 'a number of at least 1' },
  });
  return { ...(rate as unknown as RateLimit), ...parseKey(per, `${path}.per`) };
}

function parseKey(json: unknown, path: string): { per?: SamplingKey } {
  if (json === undefined) return {};
  if (KEYS.includes(json as string)) return { per: json as SamplingKey };
  if (typeof json !== 'object' || json === null) {
    fail(path, json, `one of ${KEYS.join(', ')}, or { "attribute": "user.id" }`);
  }
  const { attribute } = objectAt(json, path, ['attribute']);
  if (!isText(attribute)) fail(`${path}.attribute`, attribute, 'the name of an attribute');
  return { per: { attribute } };
}

function parseAdaptive(json: unknown, path: string): AdaptiveShare {
  const adaptive: Json = objectAt(json, path, ['base', 'spansPerSecond', 'aboveLoad']);
  checkMembers(adaptive, path, { base: share, spansPerSecond: positive, aboveLoad: share });
  if (adaptive['spansPerSecond'] === undefined && adaptive['aboveLoad'] === undefined) {
    fail(path, json, 'an object with spansPerSecond, aboveLoad or both');
  }
  return { ...adaptive };
}
