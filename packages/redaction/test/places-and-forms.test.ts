// Secrets that are known by where they stand: in lists of arguments, behind setters, in nested values, behind labels of other
// languages. `«…»` is what must go, and nothing else may change.
import { describe, test } from 'vitest';
import { expectGone, expectKept } from './gone-and-kept.ts';

describe('lists of arguments', () => {
  test.each([
    'args:\n  - mysqldump\n  - -uroot\n  - -p«letmein»\n  - shop',
    'command:\n  - "mysqladmin"\n  - ping\n  - "-p«letmein»"',
    'entrypoint:\n  - redis-server\n  - --requirepass\n  - «letmein»\n',
    '    Command:\n      redis-server\n      --requirepass\n      «letmein»\n    State: Running',
    'command: [mysqladmin, ping, -u, root, -p«letmein»]',
    `args: ['mysqldump', '-uroot', '-p«letmein»']`,
  ])('%s', expectGone);

  test.each([
    'args:\n  - -p\n  - "8080"\n  - --name=harbour',
    'command:\n  - mysqld\n  - --port=3306',
    'args:\n  - docker\n  - run\n  - -p\n  - 8080:80',
    'command: [mysqladmin, ping, -u, root]',
    'command: [node, -p, 1+1]',
  ])('stays: %s', expectKept);
});

describe('what setters and builders are given', () => {
  test.each([
    'ds.setPassword("«letmein»");',
    '.withPassword("«letmein»")',
    'user("neo4j").password("«letmein»").build()',
    'options.SetUsername("ada").SetPassword("«letmein»")',
    `setSecret('«winter83»')`,
    `zip.setpassword(b"«letmein»")`,
    `SET PASSWORD FOR 'app'@'%' = PASSWORD('«letmein»')`,
    String.raw`{"code":"ds.setPassword(\"«letmein»\")"}`,
  ])('%s', expectGone);

  test.each([
    'setPassword(password)',
    `setPassword('')`,
    `setSecret('MY_SECRET')`,
    '.password("{noop}")',
    'getPassword("harbour")',
    'readSecret("harbour")',
    '.cookie("theme")',
    `lexer.token("IDENT", "harbour")`,
    `yup.password("Your new password")`,
  ])('stays: %s', expectKept);
});

describe('arguments behind a name', () => {
  test.each([
    `page.fill('#password', '«letmein»')`,
    `page.type('input[type=password]', '«letmein»')`,
    `cy.get('[name=password]').type('«letmein»')`,
    `find_element(By.ID, "password").send_keys("«letmein»")`,
    `parser.add_argument('--password', default='«letmein»')`,
    `browser_type(selector="#password", text="«letmein»")`,
    `{"element":"Password textbox","ref":"e12","text":"«letmein»"}`,
  ])('%s', expectGone);

  test.each([
    `setState('password', 'hidden')`,
    `t('password', 'Passwort')`,
    `label('password', 'Password:')`,
    `input_field("password", "Your password")`,
    `new mysqli('localhost', getenv('DB_USER'), getenv('DB_PASS'), 'shop')`,
    '{"cvv_check":"pass","address_line1_check":"unavailable"}',
    `page.fill('#search', 'letmein')`,
    `cy.get('[name=email]').type('letmein')`,
    '{"note":"[REDACTED:openai_api_key]","n":1}',
  ])('stays: %s', expectKept);
});

describe('values inside of what follows a name', () => {
  test.each([
    '~ password = "«letmein»" -> "«opensesame»"',
    '"adminPassword": { "value": "«letmein»" }',
    'DBPassword:\n    Type: String\n    Default: «letmein»\n    NoEcho: true',
    '<Password><Value>«letmein»</Value></Password>',
    `ansible_become_password: !unsafe '«letmein»'`,
    `node['postgresql']['password']['postgres'] = '«letmein»'`,
    '"password" -> "«letmein»"',
    '@Value("${db.password:«letmein»}") String p;',
    'Array ( [user] => ada [password] => «letmein» )',
    'Login: ada, Passwort: «letmein»',
  ])('%s', expectGone);

  test.each([
    '~ password = (known after apply)',
    '"adminPassword": { "reference": { "keyVault": { "id": "x" } } }',
    'DBPassword:\n    Type: String\n    NoEcho: true',
    '@Value("${db.password}") String p;',
    'permissions:\n  id-token: write',
    '{"password": "NOT_LOGGING_PASSWORD"}',
    'export OPENAI_API_KEY="your-key-here"',
    'login({ user: ada, password: letmein })',
    'Login: ada, Rolle: admin',
  ])('stays: %s', expectKept);
});

describe('labels', () => {
  test.each([
    'La clave del wifi es «Maple2478»',
    'Пароль від пошти: «Maple2478»',
    'كلمة المرور هي «Maple2478»',
    'mật khẩu của tôi là «Maple2478»',
    'Heslo je «Maple2478»',
    'A jelszavam «Maple2478»',
    'Ihr Bestätigungscode lautet «482913»',
    'Votre code de vérification est «482913»',
    `my pin's «4711», ada`,
    'The door code is «482913».',
    'your OTP for txn is «482913».',
    'The database password is `«letmein»`.',
    'gültig bis 04/29, Prüfnummer: «630»',
    'xapi key=«aB3dE5fG7hJ9kL2mN4pQ»',
  ])('%s', expectGone);

  test.each([
    'La clave del éxito es trabajar',
    'The password is `required`.',
    'The password is `bcrypt`-hashed.',
    'The door code is in the mail.',
    'xapi statement stored, key=harbour',
  ])('stays: %s', expectKept);
});
