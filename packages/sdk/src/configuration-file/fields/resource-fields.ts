import type { AttributeValue } from '@opentelemetry/api';
import type { DetectionModel, DetectorChoices, ResourceModel } from '../configuration-model.ts';
import { choice, type Field, list, object, pairs, required, text, words } from '../field.ts';

const types = {
  string: 'string',
  bool: 'boolean',
  int: 'number',
  double: 'number',
  string_array: 'string',
  bool_array: 'boolean',
  int_array: 'number',
  double_array: 'number',
} as const;

type AttributeType = keyof typeof types;

interface AttributeModel {
  readonly name: string | undefined;
  readonly value: object | undefined;
  readonly type: AttributeType | undefined;
}

const anyValue: Field<object> = { type: 'a value', read: (node) => node.value as object };

const shape: Field<AttributeModel> = object<AttributeModel>({
  name: required(text),
  // The schema lets it be null: then there is no such attribute.
  value: anyValue,
  type: words(...(Object.keys(types) as AttributeType[])),
});

/** A name and a value of the type that is named, else of its own. */
const attribute: Field<readonly [string, AttributeValue]> = {
  type: 'a name, a value and a type',
  fields: shape.fields,
  read: (node) => {
    const { name, value, type } = shape.read(node) ?? {};
    if (name === undefined || value === undefined) return undefined;
    if (fits(value, type)) return [name, value];
    return node
      .at('value', value)
      .invalid(
        type === undefined
          ? 'text, a number, true or false, or a list of one of them'
          : `a value of the type ${type}, or name its type in type`,
      );
  },
};

function fits(value: unknown, type: AttributeType | undefined): value is AttributeValue {
  const items: readonly unknown[] = Array.isArray(value) ? value : [value];
  const kind = type === undefined ? typeof items[0] : types[type];
  const isList = type === undefined ? items === value : type.endsWith('_array');
  return (
    isList === Array.isArray(value) &&
    ['string', 'number', 'boolean'].includes(kind) &&
    items.every((item) => typeof item === kind)
  );
}

const detector = object({});

export const resource: Field<ResourceModel> = object<ResourceModel>(
  {
    attributes: list(attribute),
    attributes_list: pairs,
    'detection/development': object<DetectionModel>(
      {
        detectors: list(
          choice<DetectorChoices>({
            container: detector,
            host: detector,
            process: detector,
            service: detector,
            aws: detector,
            azure: detector,
            gcp: detector,
          }),
        ),
      },
      { attributes: 'each detector is switched on by itself' },
    ),
  },
  { schema_url: 'the attributes come from several versions of the conventions' },
);
