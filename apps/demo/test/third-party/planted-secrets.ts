const join = (...parts: readonly string[]): string => parts.join('');
const random = 'a1B2c3D4e5F6g7H8i9J0k1L2m3N4o5P6q7R8';

type PlantedSecret =
  | 'openai'
  | 'anthropic'
  | 'github'
  | 'aws'
  | 'jwt'
  | 'card'
  | 'email'
  | 'url'
  | 'password';

/** Put together at run time, so that no scanner takes this file for a leak. */
export const plantedSecrets: Readonly<Record<PlantedSecret, string>> = {
  openai: join('sk-', 'proj-', random, random),
  anthropic: join('sk-', 'ant-api03-', random, random, 'AA'),
  github: join('gh', 'p_', random),
  aws: join('AK', 'IA', 'Z7QK3MWX5T2RBNDF'),
  jwt: join('ey', 'JhbGciOiJIUzI1NiJ9', '.eyJ', random, '.', random),
  card: '4111 1111 1111 1111',
  email: ['ada.lovelace', 'example.com'].join('@'),
  url: join('postgres://app:', 'pg77Secret', '@db/desk'),
  /** Known by its name only, so it is not said without. */
  password: 'correct-horse-7-battery',
};
