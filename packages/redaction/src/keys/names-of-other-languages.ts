/** What a password and a key are called where people do not write English: in chats, forms and settings. */
export const secretNamesOfOtherLanguages: readonly string[] =
  // German, Dutch, Swedish, Norwegian, Danish, Finnish, Icelandic
  [
    'passwort,kennwort,einmalpasswort,zugangscode,geheimnis,api schlüssel,wachtwoord,toegangscode,lösenord,losenord,lösenordet,passord,passordet,adgangskode,adgangskoden,kodeord,kodeordet,salasana,salasanani,salasanasi,passwörter,passworte,lykilorð',
    // French, Spanish, Catalan, Portuguese, Italian, Romanian
    "mot de passe,motdepasse,mdp,clé api,clé secrète,senha de acesso,contraseña,contrasena,clave de api,clave api,clave secreta,clave de acceso,contrasenya,parola chiave,senha,palavra passe,chave de api,chave api,chave secreta,parola d'ordine,chiave api,chiave segreta,parola,parolă,parola de acces",
    // Polish, Czech, Slovak, Hungarian, Slovenian, Croatian, Lithuanian, Turkish
    'hasło,haslo,klucz api,heslo,jelszó,jelszo,jelszavam,jelszava,hesla,hesle,geslo,lozinka,slaptažodis,şifre,şifrem,sifre,sifrem,parolam',
    // Russian, Ukrainian, Bulgarian, Greek
    'пароль,пароля,парола,ключ api,апи ключ,секретный ключ,κωδικός πρόσβασης,κωδικός',
    // Codes that are sent
    'bestätigungscode,anmeldecode,verificatiecode,code de vérification,código de verificación,código de verificação,codice di verifica,kod weryfikacyjny,код подтверждения,验证码,驗證碼,認証コード,確認コード,인증번호,doğrulama kodu',
    // Chinese, Japanese, Korean
    '密码,密碼,口令,密钥,密鑰,パスワード,暗証番号,秘密鍵,비밀번호,암호,비밀키',
    // Arabic, Hebrew, Persian, Hindi, Thai, Vietnamese, Indonesian
    'كلمة المرور,كلمة السر,رمز عبور,סיסמה,סיסמא,पासवर्ड,รหัสผ่าน,mật khẩu,kata sandi,sandi',
  ]
    .join(',')
    .split(',');

/** Words for a key and a token, which have other meanings too: what is behind them must look like a secret. */
export const likelyNamesOfOtherLanguages: readonly string[] = [
  'jeton,accès,schlüssel,clé,clef,chave,chiave,klucz,ключ,токен,żeton,令牌,トークン,토큰',
  'zugriffstoken,zugangstoken,zugriffsschlüssel,zugangsschlüssel,toegangstoken,toegangssleutel,åtkomstnyckel,åtkomsttoken,adgangstoken',
  'clave de la api,token de acceso,token de acesso,token di accesso,chave da api,chave de acesso,chiave di accesso',
  'token dostępu,klucz dostępu,erişim anahtarı,erişim belirteci,api anahtarı,токен доступа,ключ доступа',
  'アクセストークン,アクセスキー,シークレットキー,apiキー,apiトークン,访问令牌,訪問權杖,访问密钥,액세스 토큰,액세스 키,api 키,접근 토큰',
]
  .join(',')
  .split(',');
