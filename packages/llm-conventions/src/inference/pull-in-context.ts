import { context as contextApi, type Context } from '@opentelemetry/api';
import { overrideMember } from '../client/override-member.ts';
import { readMember } from '../read-member.ts';

/** Lets a stream of Node.js fetch what it has not yet in `context`: `Readable.from` runs its generator then. */
export function pullInContext(stream: object, context: Context): void {
  const pull = readMember(stream, '_read');
  if (typeof pull !== 'function') return;
  overrideMember(stream, '_read', function (this: unknown, size: number) {
    contextApi.with(context, () => Reflect.apply(pull, this, [size]) as unknown);
  });
}
