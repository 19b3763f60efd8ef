import { DecodeError } from './decode-error.ts';
import type { Field, MessageTable } from './message-table.ts';

/** What a field holds: integers of 64 bits as bigint, ids as hex. */
export type FieldValue = string | number | bigint | boolean | Uint8Array | Message;

/** A decoded message. Fields that were not sent read as proto3's defaults; `has` tells them apart. */
export class Message {
  readonly table: MessageTable;
  readonly #values = new Map<string, FieldValue | FieldValue[]>();
  /** No message of OTLP has more than one group of which only one may be there. */
  #oneof: Field | undefined;

  constructor(table: MessageTable) {
    this.table = table;
  }

  /** Adds a value as it comes in. A second value for a field that holds one is refused: no encoder means that. */
  add(field: Field, value: FieldValue): void {
    if (field.repeated) {
      const list = this.#values.get(field.name);
      if (list === undefined) this.#values.set(field.name, [value]);
      else (list as FieldValue[]).push(value);
      return;
    }
    if (this.#values.has(field.name)) throw this.error(field, 'sent twice');
    if (field.oneof !== undefined) {
      if (this.#oneof !== undefined) throw this.error(field, `a second ${field.oneof}`);
      this.#oneof = field;
    }
    this.#values.set(field.name, value);
  }

  /** Checks what can only be checked at the end. */
  complete(): this {
    for (const field of requiredFields(this.table))
      if (!this.#values.has(field.name)) throw this.error(field, 'missing');
    return this;
  }

  error(field: Field, what: string): DecodeError {
    return new DecodeError(`${this.table.name}.${field.name}: ${what}`);
  }

  has(name: string): boolean {
    return this.#values.has(name);
  }

  string(name: string): string {
    return (this.#values.get(name) as string | undefined) ?? '';
  }

  number(name: string): number {
    return (this.#values.get(name) as number | undefined) ?? 0;
  }

  optionalNumber(name: string): number | undefined {
    return this.#values.get(name) as number | undefined;
  }

  bigint(name: string): bigint {
    return (this.#values.get(name) as bigint | undefined) ?? 0n;
  }

  boolean(name: string): boolean {
    return (this.#values.get(name) as boolean | undefined) ?? false;
  }

  bytes(name: string): Uint8Array {
    return (this.#values.get(name) as Uint8Array | undefined) ?? new Uint8Array();
  }

  message(name: string): Message | undefined {
    return this.#values.get(name) as Message | undefined;
  }

  messages(name: string): readonly Message[] {
    return (this.#values.get(name) as Message[] | undefined) ?? [];
  }

  numbers(name: string): readonly number[] {
    return (this.#values.get(name) as number[] | undefined) ?? [];
  }

  bigints(name: string): readonly bigint[] {
    return (this.#values.get(name) as bigint[] | undefined) ?? [];
  }
}

const required = new WeakMap<MessageTable, readonly Field[]>();

function requiredFields(table: MessageTable): readonly Field[] {
  let fields = required.get(table);
  if (fields === undefined)
    required.set(table, (fields = Object.values(table.fields).filter((field) => field.required)));
  return fields;
}
