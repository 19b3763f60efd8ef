import { InvalidOptionError, type OptionKeys } from '@llm-otel/core';
import { AttemptError } from '../delivery/attempt-error.ts';
import { knownOptions } from '../known-options.ts';
import { kindOf, oneOfOption, textOption } from '../options.ts';
import { loadTls } from './builtin.ts';
import { WatchedFile } from './watched-file.ts';

/**
 * Who is trusted, and who we are. Text in PEM, or files of it, which are read again when they change. Files need not be there at
 * the start: until they are, attempts fail as `tls_files` and are tried again.
 */
export interface TlsOptions {
  /** Certificate authorities to trust instead of the ones Node.js knows. */
  readonly ca?: string | undefined;
  /** Environment: `OTEL_EXPORTER_OTLP_CERTIFICATE`. */
  readonly caFile?: string | undefined;
  /** Our certificate, with its chain, for receivers that ask for one (mTLS). */
  readonly cert?: string | undefined;
  /** Environment: `OTEL_EXPORTER_OTLP_CLIENT_CERTIFICATE`. */
  readonly certFile?: string | undefined;
  /** The private key of our certificate. */
  readonly key?: string | undefined;
  /** Environment: `OTEL_EXPORTER_OTLP_CLIENT_KEY`. */
  readonly keyFile?: string | undefined;
  /** @defaultValue `TLSv1.2`, as Node.js has it */
  readonly minVersion?: 'TLSv1.2' | 'TLSv1.3' | undefined;
}

/** What `tls.connect` and `https.Agent` take. */
export interface TlsMaterial {
  readonly ca?: string;
  readonly cert?: string;
  readonly key?: string;
  readonly minVersion: 'TLSv1.2' | 'TLSv1.3';
}

export const tlsKeys: OptionKeys<TlsOptions> = {
  ca: true,
  caFile: true,
  cert: true,
  certFile: true,
  key: true,
  keyFile: true,
  minVersion: true,
};

const PARTS = ['ca', 'cert', 'key'] as const;

/** The options with the files as they are now. */
export class TlsSource {
  readonly #minVersion: 'TLSv1.2' | 'TLSv1.3';
  readonly #texts = new Map<(typeof PARTS)[number], string>();
  readonly #files = new Map<(typeof PARTS)[number], WatchedFile>();
  #current: TlsMaterial | undefined;
  #problem = '';

  /**
   * Throws {@link InvalidOptionError} for PEM that cannot be used, and for a certificate without a key. Files are another matter:
   * what is not there yet, or is only half written, may be as it should when it is needed.
   */
  constructor(options: TlsOptions = {}) {
    knownOptions(options, tlsKeys, 'tls');
    const { minVersion = 'TLSv1.2' } = options;
    this.#minVersion = minVersion;
    oneOfOption('tls.minVersion', this.#minVersion, ['TLSv1.2', 'TLSv1.3']);
    for (const part of PARTS) {
      const [text, file] = [options[part], options[`${part}File`]];
      // What is in its place may well be a key, of another type.
      if (text !== undefined && (typeof text !== 'string' || text === ''))
        throw new InvalidOptionError({
          option: `tls.${part}`,
          value: text === '' ? '' : kindOf(text),
          use: `text in PEM, or tls.${part}File for a file of it`,
        });
      textOption(`tls.${part}File`, file, 'the path of a file in PEM');
      if (text !== undefined && file !== undefined)
        throw new InvalidOptionError({
          option: `tls.${part}File`,
          value: file,
          use: `either tls.${part} or tls.${part}File`,
        });
      if (text !== undefined) this.#texts.set(part, text);
      if (file !== undefined) this.#files.set(part, new WatchedFile(`tls.${part}File`, file));
    }
    const [hasCert, hasKey] = [this.#has('cert'), this.#has('key')];
    if (hasCert !== hasKey)
      throw new InvalidOptionError({
        option: hasCert ? 'tls.key' : 'tls.cert',
        value: undefined,
        use: 'a client certificate together with its key',
      });
    this.#take();
    if (this.#current === undefined && this.#files.size === 0)
      throw new InvalidOptionError({ option: 'tls', value: undefined, use: this.#problem });
  }

  /**
   * The same object until a file has changed. What cannot be used, a new certificate without its new key for example, is
   * not taken: the one before stays until all of it is there.
   * @throws AttemptError while there is none before
   */
  current(): TlsMaterial {
    let changed = false;
    for (const file of this.#files.values()) if (file.hasChanged()) changed = true;
    if (changed) this.#take();
    if (this.#current === undefined) throw new AttemptError('tls_files', this.#whyNone());
    return this.#current;
  }

  #has(part: (typeof PARTS)[number]): boolean {
    return this.#texts.has(part) || this.#files.has(part);
  }

  #take(): void {
    const next = this.#read();
    const problem = next === undefined ? undefined : problemOf(next);
    if (problem === undefined) this.#current = next ?? this.#current;
    else this.#problem = `certificates and a key in PEM that belong together (${problem})`;
  }

  #whyNone(): string {
    for (const { problem } of this.#files.values()) if (problem !== undefined) return problem;
    return `tls needs ${this.#problem}`;
  }

  /** Nothing while one of the files has never been there. */
  #read(): TlsMaterial | undefined {
    const material: { -readonly [Key in keyof TlsMaterial]: TlsMaterial[Key] } = {
      minVersion: this.#minVersion,
    };
    for (const part of PARTS) {
      if (!this.#has(part)) continue;
      const text = this.#texts.get(part) ?? this.#files.get(part)?.text;
      if (text === undefined) return undefined;
      material[part] = text;
    }
    return material;
  }
}

/** Why OpenSSL does not take it, in its words: they name a cause and never quote a key. */
function problemOf(material: TlsMaterial): string | undefined {
  // It would take that for no authorities at all, and then trusts those of Node.js.
  if (material.ca?.includes('-----BEGIN') === false) return 'no certificate in ca';
  try {
    loadTls().createSecureContext(material);
    return undefined;
  } catch (error) {
    return error instanceof Error && 'code' in error ? String(error.code) : 'unknown';
  }
}
