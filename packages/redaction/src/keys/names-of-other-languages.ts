/** What a password and a key are called where people do not write English: in chats, forms and settings. */
export const secretNamesOfOtherLanguages: readonly string[] =
  // German, Dutch, Swedish, Norwegian, Danish, Finnish, Icelandic
  [
    'passwort,kennwort,zugangscode,geheimnis,api schlüssel,wachtwoord,toegangscode,lösenord,losenord,passord,adgangskode,kodeord,salasana,lykilorð',
    // French, Spanish, Catalan, Portuguese, Italian, Romanian
    "mot de passe,motdepasse,mdp,clé api,clé secrète,contraseña,contrasena,clave de api,clave api,clave secreta,clave de acceso,contrasenya,senha,palavra passe,chave de api,chave api,chave secreta,parola d'ordine,chiave api,chiave segreta,parola,parolă,parola de acces",
    // Polish, Czech, Slovak, Hungarian, Slovenian, Croatian, Lithuanian, Turkish
    'hasło,haslo,klucz api,heslo,jelszó,jelszo,geslo,lozinka,slaptažodis,şifre,şifrem,sifre,sifrem,parolam',
    // Russian, Ukrainian, Bulgarian, Greek
    'пароль,пароля,парола,ключ api,апи ключ,секретный ключ,κωδικός πρόσβασης,κωδικός',
    // Chinese, Japanese, Korean
    '密码,密碼,口令,密钥,密鑰,パスワード,暗証番号,秘密鍵,비밀번호,암호,비밀키',
    // Arabic, Hebrew, Persian, Hindi, Thai, Vietnamese, Indonesian
    'كلمة المرور,كلمة السر,رمز عبور,סיסמה,סיסמא,पासवर्ड,รหัสผ่าน,mật khẩu,kata sandi,sandi',
  ]
    .join(',')
    .split(',');
