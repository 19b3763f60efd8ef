import { isNoPassword } from './no-password.ts';

/** What stands before the name of a field in its label. */
const ADDRESS =
  /^(?:(?:please|enter|type|choose|repeat|confirm|change|your|the|my|new|old|current|ihr|dein|neues|altes|bitte|votre|nouveau|su|tu|nueva|sua|nova) )+/i;
const NAME =
  /^(?:passwords?|pass(?:phrase|code)|passwort|kennwort|wachtwoord|lösenord|adgangskode|passord|salasana|mot de passe|contraseña|senha|palavra-passe|hasło|heslo|jelszó|şifre|parola|пароль|密码|密碼|パスワード|비밀번호|(?:api |secret |access )?(?:key|token|secret)s?|credentials?|schlüssel|geheimnis)$/i;
const LONGEST = 48;

/** Whether the text is what a form calls the field of a secret: `Password:`, "Your new password". */
export function isFieldLabel(text: string): boolean {
  if (text.length > LONGEST) return false;
  const label = text.replace(/[\s:*?.…!]+$/, '').replace(ADDRESS, '');
  return NAME.test(label) || (text.length > 0 && isNoPassword(text, 0, text.length));
}
