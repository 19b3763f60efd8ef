import type { InferenceResponse } from '../inference/inference-types.ts';

/** Reads one stream, chunk by chunk. */
export interface StreamReader {
  /**
   * Takes in a chunk. Answers with the error that the chunk reports, where it reports one: many APIs send their
   * errors as an event of a stream that then ends in peace.
   */
  read(chunk: unknown): unknown;
  /** What the chunks so far add up to. Asked once, when the stream is over, however it ended. */
  response(): InferenceResponse;
  /**
   * Asked when the stream has ended in peace: the error where it was not complete all the same, as where a proxy has closed it.
   * @defaultValue what ends in peace is complete
   */
  incomplete?(): unknown;
}

/** How the chunks of one API are read. Given to `call.stream` in place of a callback. */
export interface StreamFormat {
  open(options: StreamFormatOptions): StreamReader;
}

export interface StreamFormatOptions {
  /** Whether text is recorded; where it is not, none is kept. */
  readonly content: boolean;
  /** `gen_ai.provider.name` of the call: many providers speak the API of another one. */
  readonly provider?: string | undefined;
  /** The stream is one answer: nothing in it is read as the beginning of another one. @defaultValue false */
  readonly isOneAnswer?: boolean | undefined;
}
