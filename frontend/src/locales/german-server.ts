/// What the server says to a person, in German. A `*` stands for what differs from time to time.
export const sentences: Readonly<Record<string, string>> = {
  // Signing in, and what belongs to it
  "Enter a valid email address.": "Gib eine gültige E-Mail-Adresse ein.",
  "Enter your email address.": "Gib deine E-Mail-Adresse ein.",
  "Enter your password.": "Gib dein Passwort ein.",
  "Enter a password.": "Gib ein Passwort ein.",
  "Enter your current password.": "Gib dein aktuelles Passwort ein.",
  "A password has * to * characters.": "Ein Passwort hat * bis * Zeichen.",
  "Your email is the first password that others would try.":
    "Deine E-Mail-Adresse ist das erste Passwort, das andere versuchen würden.",
  "This password is among those that others would try first.":
    "Dieses Passwort gehört zu denen, die andere zuerst versuchen würden.",
  "The email or the password is wrong.": "Die E-Mail-Adresse oder das Passwort ist falsch.",
  "The password is wrong.": "Das Passwort ist falsch.",
  "There is an account with this email already.": "Mit dieser E-Mail-Adresse gibt es schon ein Konto.",
  "Ask another operator to change this of your own account.":
    "Bitte einen anderen Betreiber, das an deinem eigenen Konto zu ändern.",
  "This is for operators.": "Das ist Betreibern vorbehalten.",
  "This account is disabled. Enable it first.": "Dieses Konto ist gesperrt. Gib es erst wieder frei.",
  "Operators read no chats here: PARLEY_ADMIN_CHAT_ACCESS is off.":
    "Betreiber lesen hier keine Chats: PARLEY_ADMIN_CHAT_ACCESS ist aus.",
  "This username is taken.": "Dieser Benutzername ist vergeben.",
  "A username has 3 to 30 of the letters A to Z, digits, _ . and -.":
    "Ein Benutzername hat 3 bis 30 Zeichen: Buchstaben von A bis Z, Ziffern, _ . und -.",
  "A name has at most * characters.": "Ein Name hat höchstens * Zeichen.",
  "A name is one line of text.": "Ein Name ist eine Zeile Text.",
  "This has at most * characters.": "Hier sind höchstens * Zeichen möglich.",
  "This server takes no new accounts. Ask who looks after it for one.":
    "Dieser Server nimmt keine neuen Konten an. Frag, wer ihn betreut.",
  "Too many attempts. Try again in * second.": "Zu viele Versuche. Versuch es in * Sekunde wieder.",
  "Too many attempts. Try again in * seconds.": "Zu viele Versuche. Versuch es in * Sekunden wieder.",
  "Too many questions. Ask again in * second.": "Zu viele Fragen. Frag in * Sekunde wieder.",
  "Too many questions. Ask again in * seconds.": "Zu viele Fragen. Frag in * Sekunden wieder.",
  "Too many people are signing in at this moment. Try again in a few seconds.":
    "Gerade melden sich zu viele Menschen an. Versuch es in ein paar Sekunden wieder.",
  "This session has ended. Sign in again.": "Diese Sitzung ist beendet. Melde dich neu an.",
  "This session was unused for too long. Sign in again.":
    "Diese Sitzung war zu lange unbenutzt. Melde dich neu an.",
  "Give the key a name.": "Gib dem Schlüssel einen Namen.",
  "Choose at least one of chats, models, memories.":
    "Wähle mindestens eines von Chats, Modelle, Erinnerungen.",
  "This moment is over.": "Dieser Zeitpunkt ist vorbei.",
  "A key lives ten years at most, or until it is deleted.":
    "Ein Schlüssel gilt höchstens zehn Jahre, oder bis du ihn löschst.",
  "You have * keys already. Delete one that is not used.":
    "Du hast schon * Schlüssel. Lösche einen, der nicht gebraucht wird.",
  "There is no such key.": "Diesen Schlüssel gibt es nicht.",
  "Enter the code.": "Gib den Code ein.",
  "Enter the code of your second factor.": "Gib den Code deines zweiten Faktors ein.",
  "This code is wrong, or was used already.": "Dieser Code ist falsch oder wurde schon benutzt.",
  "This took too long, or too many codes were wrong. Sign in again.":
    "Das hat zu lange gedauert, oder zu viele Codes waren falsch. Melde dich neu an.",
  "The second factor is on already. Turn it off first.":
    "Der zweite Faktor ist schon eingeschaltet. Schalte ihn zuerst aus.",
  "There is no second factor that waits for its first code.":
    "Es gibt keinen zweiten Faktor, der auf seinen ersten Code wartet.",
  "The second factor is off.": "Der zweite Faktor ist ausgeschaltet.",
  "This server sends no mails. Ask who looks after it for a link to a new password.":
    "Dieser Server verschickt keine E-Mails. Frag, wer ihn betreut, nach einem Link für ein neues Passwort.",
  "This link was used already, or is too old. Ask for another one.":
    "Dieser Link wurde schon benutzt oder ist zu alt. Verlange einen neuen.",
  "* does not answer at the moment. Sign in another way, or try again shortly.":
    "* antwortet gerade nicht. Melde dich anders an oder versuch es gleich noch einmal.",
  "* did not confirm who you are. Begin again.": "* hat nicht bestätigt, wer du bist. Beginne neu.",
  "* did not confirm that it asked just now who you are. Sign in with a passkey, or choose a password with a link.":
    "* hat nicht bestätigt, dass du gerade eben gefragt wurdest, wer du bist. Melde dich mit einem Passkey an, oder wähle mit einem Link ein Passwort.",
  "* tells no email of yours, and an account here needs one.":
    "* nennt keine E-Mail-Adresse von dir, und ein Konto braucht hier eine.",
  "* has not confirmed that * is yours. Confirm it there, or sign in another way.":
    "* hat nicht bestätigt, dass * dir gehört. Bestätige es dort, oder melde dich anders an.",
  "Nobody here knows * yet. Ask who looks after this server for an account, then sign in with *.":
    "Hier kennt noch niemand *. Bitte, wer diesen Server betreut, um ein Konto, und melde dich dann mit * an.",
  "This account is closed. Ask who looks after this server.":
    "Dieses Konto ist geschlossen. Frag, wer diesen Server betreut.",
  "This sign-in was begun elsewhere, or too long ago. Begin again.":
    "Diese Anmeldung wurde anderswo begonnen oder ist zu lange her. Beginne neu.",
  "This is the only way into your account. Set a password first.":
    "Das ist der einzige Weg in dein Konto. Lege zuerst ein Passwort fest.",
  "This account has no password to ask for. Sign in again, and do it within ten minutes.":
    "Dieses Konto hat kein Passwort, nach dem gefragt werden kann. Melde dich neu an und tu es innerhalb von zehn Minuten.",
  "Give the passkey a name.": "Gib dem Passkey einen Namen.",
  "You have * passkeys already. Remove one that is not used.":
    "Du hast schon * Passkeys. Entferne einen, der nicht gebraucht wird.",
  "This passkey is known here already.": "Dieser Passkey ist hier schon bekannt.",
  "This passkey opens no account here.": "Dieser Passkey öffnet hier kein Konto.",
  "Your device did not answer what it was asked. Try again.":
    "Dein Gerät hat nicht geantwortet, was es gefragt wurde. Versuch es noch einmal.",
  "This was begun elsewhere, or took too long. Try it again.":
    "Das wurde anderswo begonnen oder hat zu lange gedauert. Versuch es noch einmal.",
  "Sign in first.": "Melde dich zuerst an.",
  "This is not allowed.": "Das ist nicht erlaubt.",

  // Chats and answers
  "Some fields are not valid.": "Einige Angaben sind nicht gültig.",
  "This value is not valid.": "Diese Angabe ist nicht gültig.",
  "A message has 1 to 100,000 characters.": "Eine Nachricht hat 1 bis 100.000 Zeichen.",
  "A system prompt has at most 20,000 characters.": "Ein System-Prompt hat höchstens 20.000 Zeichen.",
  "The temperature is from 0 to 2.": "Die Temperatur liegt zwischen 0 und 2.",
  "At least 1 token.": "Mindestens 1 Token.",
  "At most 1,000,000 tokens.": "Höchstens 1.000.000 Tokens.",
  "This instance has no such model.": "Dieses Modell gibt es auf diesem Server nicht.",
  "This answer is still being written.": "Diese Antwort wird noch geschrieben.",
  "The answer before this message is still being written.":
    "Die Antwort vor dieser Nachricht wird noch geschrieben.",
  "The answer to this message was deleted.": "Die Antwort auf diese Nachricht wurde gelöscht.",
  "There is no such chat.": "Diesen Chat gibt es nicht.",
  "There is no such message.": "Diese Nachricht gibt es nicht.",
  "There is no such message in this chat.": "Diese Nachricht gibt es in diesem Chat nicht.",
  "This message was deleted.": "Diese Nachricht wurde gelöscht.",
  "The answer could not be stopped at the moment.": "Die Antwort ließ sich gerade nicht anhalten.",
  "Too many answers are being written. Try again shortly.":
    "Es werden gerade zu viele Antworten geschrieben. Versuch es gleich noch einmal.",
  "The server stopped while this was written. What had come is kept.":
    "Der Server wurde währenddessen beendet. Was schon da war, bleibt erhalten.",

  // The server
  "The server is stopping.": "Der Server wird gerade beendet.",
  "The database does not answer at the moment. Try again shortly.":
    "Die Datenbank antwortet gerade nicht. Versuch es gleich noch einmal.",
  "The server cannot answer at the moment. Try again shortly.":
    "Der Server kann gerade nicht antworten. Versuch es gleich noch einmal.",
  "Something went wrong on the server.": "Auf dem Server ist etwas schiefgegangen.",
  "The request could not be understood.": "Die Anfrage war nicht zu verstehen.",
  "There is nothing at this address.": "An dieser Adresse gibt es nichts.",
  "The request is too large.": "Die Anfrage ist zu groß.",
  "The request is larger than * MiB.": "Die Anfrage ist größer als * MiB.",

  // The model's provider
  "This conversation is longer than the model can read. Shorten the message, or choose a model that reads more.":
    "Dieses Gespräch ist länger, als das Modell lesen kann. Kürze die Nachricht, oder wähle ein Modell, das mehr liest.",
  "This conversation is longer than the model's provider takes.":
    "Dieses Gespräch ist länger, als der Anbieter des Modells annimmt.",
  "The account at the model's provider has no quota left.":
    "Das Konto beim Anbieter des Modells hat kein Kontingent mehr.",
  "The account at the model's provider has no credit left.":
    "Das Konto beim Anbieter des Modells hat kein Guthaben mehr.",
  "The model's provider did not accept this server's API key.":
    "Der Anbieter des Modells hat den API-Schlüssel dieses Servers nicht angenommen.",
  "The model's provider does not let this server use the model *.":
    "Der Anbieter des Modells lässt diesen Server das Modell * nicht benutzen.",
  "The model's provider does not know the model *.": "Der Anbieter des Modells kennt das Modell * nicht.",
  "The model's provider took too long and gave up.":
    "Der Anbieter des Modells hat zu lange gebraucht und aufgegeben.",
  "The model's provider has too many requests just now. Try again in * s.":
    "Der Anbieter des Modells hat gerade zu viele Anfragen. Versuch es in * s wieder.",
  "The model's provider has too many requests just now. Try again in a moment.":
    "Der Anbieter des Modells hat gerade zu viele Anfragen. Versuch es gleich noch einmal.",
  "The model's provider has too many requests just now.": "Der Anbieter des Modells hat gerade zu viele Anfragen.",
  "The model's provider failed (*).": "Der Anbieter des Modells hat versagt (*).",
  "The model's provider failed (*). Try again in a moment.":
    "Der Anbieter des Modells hat versagt (*). Versuch es gleich noch einmal.",
  "The model's provider did not accept the request (*).":
    "Der Anbieter des Modells hat die Anfrage nicht angenommen (*).",
  "The model's provider answered with * instead of an answer.":
    "Der Anbieter des Modells hat mit * statt einer Antwort geantwortet.",
  "The model's provider answered with * instead of an answer. Its address may be wrong.":
    "Der Anbieter des Modells hat mit * statt einer Antwort geantwortet. Vielleicht ist seine Adresse falsch.",
  "The model's provider could not be reached.": "Der Anbieter des Modells war nicht erreichbar.",
  "The model's provider could not be reached in *.": "Der Anbieter des Modells war in * nicht erreichbar.",
  "No secure connection to the model's provider could be made.":
    "Zum Anbieter des Modells kam keine sichere Verbindung zustande.",
  "The model did not answer in *.": "Das Modell hat in * nicht geantwortet.",
  "The model fell silent for * before its answer was complete.":
    "Das Modell ist * lang verstummt, bevor seine Antwort fertig war.",
  "The connection to the model was lost before its answer was complete.":
    "Die Verbindung zum Modell ist abgerissen, bevor seine Antwort fertig war.",
  "The model's provider sent something that is not an answer.":
    "Der Anbieter des Modells hat etwas geschickt, das keine Antwort ist.",
  "The model's provider reported an error before its answer was complete.":
    "Der Anbieter des Modells hat einen Fehler gemeldet, bevor seine Antwort fertig war.",
  "The address of the model's provider is none that this server may go to.":
    "Die Adresse des Anbieters des Modells ist keine, zu der dieser Server gehen darf.",
  "It works: * answered after * ms.": "Es funktioniert: * hat nach * ms geantwortet.",
  "It answers, but has no model for chat.": "Er antwortet, hat aber kein Modell für Chats.",
  "Nothing came within * s. A model that has to be loaded first may need longer: try again.":
    "Innerhalb von * s kam nichts. Ein Modell, das erst geladen werden muss, braucht vielleicht länger: Versuch es noch einmal.",
  "Its key was encrypted with another SECRET_KEY. Enter it again.":
    "Sein Schlüssel wurde mit einem anderen SECRET_KEY verschlüsselt. Gib ihn noch einmal ein.",
  "It failed a moment ago.": "Es hat gerade erst versagt.",
  "The model * is not offered here any more.": "Das Modell * gibt es hier nicht mehr.",
  "The answer was stopped.": "Die Antwort wurde angehalten.",

  // What people may spend
  "You have used up your quota for today. It begins anew at midnight (UTC).":
    "Dein Kontingent für heute ist aufgebraucht. Um Mitternacht (UTC) beginnt es von vorn.",
  "What is left of your quota for today may be too little for this question and its answer. It begins anew at midnight (UTC).":
    "Was von deinem Kontingent für heute übrig ist, reicht für diese Frage und ihre Antwort vielleicht nicht. Um Mitternacht (UTC) beginnt es von vorn.",
  "You have used up your quota for this month. It begins anew on the first of the next (UTC).":
    "Dein Kontingent für diesen Monat ist aufgebraucht. Am nächsten Ersten (UTC) beginnt es von vorn.",
  "What is left of your quota for this month may be too little for this question and its answer. It begins anew on the first of the next (UTC).":
    "Was von deinem Kontingent für diesen Monat übrig ist, reicht für diese Frage und ihre Antwort vielleicht nicht. Am nächsten Ersten (UTC) beginnt es von vorn.",
  "What is left of your quota is held for answers that are still being written. Send this when they are done.":
    "Was von deinem Kontingent übrig ist, wird für Antworten freigehalten, die noch geschrieben werden. Schick das ab, wenn sie fertig sind.",
  // Providers and settings, as operators change them
  "A name has lower-case letters, digits and -, and is neither openai nor builtin.":
    "Ein Name hat Kleinbuchstaben, Ziffern und - und ist weder openai noch builtin.",
  "Enter a number from * to *.": "Gib eine Zahl von * bis * ein.",
  "Enter an http or https address without a user name, ? and #.":
    "Gib eine Adresse mit http oder https ein, ohne Benutzernamen, ? und #.",
  "This contains a character that no key has, or is too long.":
    "Darin ist ein Zeichen, das kein Schlüssel hat, oder es ist zu lang.",
  "Enter names of models without blanks, at most 200.":
    "Gib Namen von Modellen ohne Leerzeichen ein, höchstens 200.",
  "There are * providers already. Remove one that is not used.":
    "Es gibt schon * Anbieter. Entferne einen, der nicht gebraucht wird.",
  "There is a provider named * already.": "Einen Anbieter mit dem Namen * gibt es schon.",
  "Enter the key again, because the address is another one.":
    "Gib den Schlüssel noch einmal ein, denn die Adresse ist eine andere.",
  "This provider is set in the server's environment, and is changed there. It can be turned off here.":
    "Dieser Anbieter steht in der Umgebung des Servers und wird dort geändert. Ausschalten lässt er sich hier.",
  "There is no such provider.": "Diesen Anbieter gibt es nicht.",
  "There is no such model.": "Dieses Modell gibt es nicht.",
  "This model is not offered.": "Dieses Modell wird nicht angeboten.",
  "Enter a value, or take the setting back.": "Gib einen Wert ein, oder nimm die Einstellung zurück.",
  "Choose * or *.": "Wähle * oder *.",
  "Enter a whole number from * to *.": "Gib eine ganze Zahl von * bis * ein.",
  "Enter ids of models, separated by commas.": "Gib Namen von Modellen ein, mit Kommas getrennt.",
  "Enter text of at most 8,000 characters.": "Gib Text von höchstens 8.000 Zeichen ein.",

  // What is remembered
  "A memory has 1 to 2,000 characters.": "Eine Erinnerung hat 1 bis 2.000 Zeichen.",
  "This is remembered already.": "Das ist schon gemerkt.",
  "There is no memory in this that Parley could read.":
    "Darin ist keine Erinnerung, die Parley lesen könnte.",
  "The memory service does not answer at the moment.": "Der Gedächtnisdienst antwortet gerade nicht.",
  "The memory service could not store it.": "Der Gedächtnisdienst konnte es nicht speichern.",
  "The memory service takes too long.": "Der Gedächtnisdienst braucht zu lange.",

  // Files that are imported
  "Another file of yours is being imported. Wait until it is done.":
    "Eine andere Datei von dir wird gerade importiert. Warte, bis das fertig ist.",
  "The file is empty.": "Die Datei ist leer.",
  "The file is larger than * MB.": "Die Datei ist größer als * MB.",
  "The server has no room for this file at the moment.": "Der Server hat gerade keinen Platz für diese Datei.",
  "The server could not import it, although it tried many times.":
    "Der Server konnte es nicht importieren, obwohl er es oft versucht hat.",
  "It takes too long to find a chat in this file.": "Es dauert zu lange, in dieser Datei einen Chat zu finden.",
  "Something in the file is longer than a chat can be.": "Etwas in der Datei ist länger, als ein Chat sein kann.",
  "The file is lost. Send it again.": "Die Datei ist verloren gegangen. Schick sie noch einmal.",
  "The file is no JSON, or breaks off.": "Die Datei ist kein JSON oder bricht ab.",
  "The archive is damaged, or packed in a way that cannot be read here. Unpack it and send its JSON files.":
    "Das Archiv ist beschädigt oder auf eine Art gepackt, die hier nicht gelesen werden kann. Pack es aus und schicke seine JSON-Dateien.",
  "The archive unpacks to more than an archive of its size can honestly hold.":
    "Das Archiv entpackt sich zu mehr, als ein Archiv dieser Größe ehrlich enthalten kann.",
  "There is no chat in this file that Parley could read.": "In dieser Datei ist kein Chat, den Parley lesen könnte.",
  "This is neither JSON nor a ZIP archive.": "Das ist weder JSON noch ein ZIP-Archiv.",
};
