import type { Signal } from '@llm-otel/core';
import type { Payload } from '../delivery/sender.ts';
import type { LeasedBytes } from '../encode/leased-bytes.ts';
import { type Sensitivity, UNCLASSIFIED } from '../spool/sensitivity.ts';
import type { RequestPart } from './split-request.ts';

/** An encoded OTLP request on its way to one destination. */
export class RequestPayload implements Payload {
  readonly signal: Signal;
  readonly items: number;
  readonly byteLength: number;
  readonly sensitivity: Sensitivity;
  readonly #source: LeasedBytes | Uint8Array;

  private constructor(
    signal: Signal,
    items: number,
    source: LeasedBytes | Uint8Array,
    sensitivity: Sensitivity = UNCLASSIFIED,
  ) {
    this.signal = signal;
    this.sensitivity = sensitivity;
    this.items = items;
    this.#source = source;
    this.byteLength = this.body.length;
  }

  /** A payload that shares memory with the encoder until it has to wait. */
  static leased(
    signal: Signal,
    items: number,
    bytes: LeasedBytes,
    sensitivity?: Sensitivity,
  ): RequestPayload {
    bytes.use();
    return new RequestPayload(signal, items, bytes, sensitivity);
  }

  static owned(
    signal: Signal,
    { items, body }: RequestPart,
    sensitivity?: Sensitivity,
  ): RequestPayload {
    return new RequestPayload(signal, items, body, sensitivity);
  }

  get body(): Uint8Array {
    return this.#source instanceof Uint8Array ? this.#source : this.#source.bytes;
  }

  keep(): void {
    if (!(this.#source instanceof Uint8Array)) this.#source.keep();
  }

  release(): void {
    if (!(this.#source instanceof Uint8Array)) this.#source.release();
  }
}
