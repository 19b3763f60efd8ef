import type { ObservedCall } from './observe-stream.ts';

/** The call as its stream sees it: here `end` means that the stream is complete, while the application may call that of the call at any time. */
export class StreamOfCall implements ObservedCall {
  readonly #call: Omit<ObservedCall, 'end'>;
  readonly #complete: () => void;

  constructor(call: Omit<ObservedCall, 'end'>, complete: () => void) {
    this.#call = call;
    this.#complete = complete;
  }

  get ended(): boolean {
    return this.#call.ended;
  }

  get isOpenInside(): boolean {
    return this.#call.isOpenInside;
  }

  chunkArrived(): void {
    this.#call.chunkArrived();
  }

  end(): void {
    this.#complete();
  }

  cancelled(): void {
    this.#call.cancelled();
  }

  dropped(): void {
    this.#call.dropped();
  }

  fail(error: unknown): void {
    this.#call.fail(error);
  }

  whenEnded(callback: () => void): void {
    this.#call.whenEnded(callback);
  }
}
