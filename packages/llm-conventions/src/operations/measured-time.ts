import type { Attributes, Context } from '@opentelemetry/api';
import { FailureLog } from '@llm-otel/core';
import { describeError } from '../error-facts.ts';
import { ATTR_ERROR_TYPE } from '../generated/attributes.ts';
import type { MetricName } from '../generated/metrics.ts';
import type { OperationEnvironment } from './operation-request.ts';

const failures = new FailureLog();

/** A time that is measured and has no span. It ends once. */
export class MeasuredTime {
  readonly attributes: Attributes;
  readonly context: Context;
  readonly #metric: MetricName;
  readonly #environment: OperationEnvironment;
  readonly #startMillis: number;
  #ended = false;

  constructor(
    metric: MetricName,
    attributes: Attributes,
    context: Context,
    environment: OperationEnvironment,
  ) {
    this.attributes = attributes;
    this.context = context;
    this.#metric = metric;
    this.#environment = environment;
    this.#startMillis = environment.clock.monotonicMillis();
  }

  get ended(): boolean {
    return this.#ended;
  }

  get seconds(): number {
    return (this.#environment.clock.monotonicMillis() - this.#startMillis) / 1000;
  }

  end(): void {
    this.#finish(this.attributes);
  }

  fail(error: unknown): void {
    const { type } = describeError(error, this.#environment.clock.epochMillis());
    this.#finish({ ...this.attributes, [ATTR_ERROR_TYPE]: type });
  }

  record(metric: MetricName, value: number, attributes: Attributes): void {
    failures.guard('recording a time', () => {
      this.#environment.signals.instruments?.record(metric, value, attributes, this.context);
    });
  }

  #finish(attributes: Attributes): void {
    if (this.#ended) return;
    this.#ended = true;
    this.record(this.#metric, this.seconds, attributes);
  }
}
