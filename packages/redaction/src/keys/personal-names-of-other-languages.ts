/** What the fields for a person are called in forms that are not written in English. */
export const personalNamesOfOtherLanguages: Readonly<
  Record<'person_name' | 'postal_address' | 'date_of_birth' | 'passport_number', string>
> = {
  person_name: [
    'kontoinhaber,kontoinhaberin,karteninhaber,titulaire du compte,titular de la cuenta,titular da conta,intestatario del conto,rekeninghouder,prénom,nom de famille,nom complet,apellidos,nombre completo,cognome,nome completo,sobrenome,apelido',
    'voornaam,achternaam,volledige naam,förnamn,efternamn,fornavn,etternavn,efternavn,etunimi,sukunimi',
    'imię,imię i nazwisko,nazwisko,jméno,příjmení,keresztnév,vezetéknév,prenume,nume de familie,ad soyad,adı soyadı,soyadı',
    'имя,фамилия,отчество,фио,ім’я,прізвище,име,όνομα,επώνυμο,ονοματεπώνυμο',
    '姓名,真实姓名,氏名,お名前,이름,성명,الاسم,الاسم الكامل,שם מלא,नाम,ชื่อ,họ và tên,họ tên,nama lengkap',
  ].join(','),
  passport_number:
    'ausweisnummer,personalausweisnummer,reisepassnummer,passnummer,numéro de passeport,número de pasaporte,pasaporte,número do passaporte,numero di passaporto,numer paszportu,paspoortnummer,номер паспорта,护照号码,護照號碼,パスポート番号,旅券番号,여권번호',
  postal_address: [
    'straße,улица,ulica,anschrift,wohnanschrift,lieferadresse,rechnungsadresse,dirección,domicilio,indirizzo,endereço,morada,adres,adresa,adress,osoite,lakcím',
    'адрес,адреса,διεύθυνση,住所,地址,收货地址,주소,العنوان,כתובת,पता,ที่อยู่,địa chỉ,alamat lengkap',
  ].join(','),
  date_of_birth: [
    'geboren am,geboren,né le,née le,fecha de nacimiento,nacido el,data di nascita,nato il,nata il,data de nascimento,nascido em,geboortedatum',
    'födelsedatum,fødselsdato,syntymäaika,data urodzenia,datum narození,születési dátum,data nașterii,doğum tarihi',
    'дата рождения,дата народження,родился,ημερομηνία γέννησης,生年月日,出生日期,생년월일,تاريخ الميلاد,תאריך לידה,जन्म तिथि,วันเกิด,ngày sinh,tanggal lahir,born on,born',
  ].join(','),
};
