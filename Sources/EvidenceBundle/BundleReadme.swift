/// The words for the reader of a bundle.
enum BundleReadme {
    static let texts: [(language: String, text: String)] = [("ru", russian), ("en", english)]

    private static let russian = """
        ДОКАЗАТЕЛЬСТВА ИЗ ЖУРНАЛА ИДЕНТИФИКАЦИИ

        В этом архиве — записи журнала идентификации и всё, что нужно, чтобы проверить их без службы, которая их вела.

        Что проверяется
        - Каждая запись действительно есть в журнале, и с тех пор её не меняли: от неё ведёт доказательство включения
          (RFC 9162) к подписанному состоянию журнала — файлу checkpoint.
        - Открытые сведения и снимки (папка opened) — те самые, что были записаны: запись содержит их отпечаток. Так
          показаны и билеты, и оценки; из закрытой ведомости — только строка этого человека.
        - Список файлов (SHA256SUMS) подписан учреждением: файл bundle.

        Как проверить
        1. Узнайте открытый ключ учреждения не из этого архива, а с его сайта или из документа. В архиве он лежит в
           файле key только для сравнения.
        2. attestd verify АРХИВ.zip --key «КЛЮЧ»
           Или программой на Python, которой не нужна служба: python3 verify_bundle.py АРХИВ.zip «КЛЮЧ»

        3. Отметку времени, если она есть, проверяют по сертификату службы времени: attestd verify с ключом
           --time-stamp-certificate, или без этой программы:
           openssl ts -verify -data checkpoint -in checkpoint.tsr -CAfile СЕРТИФИКАТ

        Что где лежит
        - records/*.jsonl — по записи в строке: номер (index), сама запись (body), доказательство (proof) и ключи того,
          что открыто (opened).
        - opened/ — измерения, билеты, оценки и снимки; личные сведения, обращайтесь с ними по закону.
        - checkpoint — размер и корень журнала с подписью; checkpoint.tsr — отметка времени, если её брали.

        Чего архив не доказывает: что в него вошли все записи, кроме тех, что выбраны; это видно по номерам и по
        размеру журнала.

        """

    private static let english = """
        EVIDENCE FROM THE IDENTIFICATION LOG

        This archive holds records of an identification log, and all that is needed to check them without the service
        that kept it.

        What is checked
        - Each record is in the log and was not changed since: an inclusion proof (RFC 9162) leads from it to the signed
          state of the log, the file checkpoint.
        - What is opened (folder opened) is what was logged: the record holds its digest. Tickets and grades are shown so
          too; of a closed grade sheet only the row of this person.
        - The list of files (SHA256SUMS) is signed by the institution: the file bundle.

        How to check
        1. Get the institution's public key from its site or from a document, not from this archive. The file key is
           there for comparison only.
        2. attestd verify ARCHIVE.zip --key "KEY"
           Or with a program in Python that needs no service: python3 verify_bundle.py ARCHIVE.zip "KEY"

        3. A time stamp, where there is one, is checked by the certificate of its authority: attestd verify with
           --time-stamp-certificate, or without this program:
           openssl ts -verify -data checkpoint -in checkpoint.tsr -CAfile CERTIFICATE

        What is where
        - records/*.jsonl: a record a line, with its number (index), the record itself (body), its proof, and the keys
          of what is opened.
        - opened/: measurements, tickets, grades and pictures; personal data, to be handled as the law says.
        - checkpoint: size and root of the log, signed; checkpoint.tsr: a time stamp, where one was taken.

        What the archive does not prove: that it has every record; which ones were left out is seen from the numbers and
        the size of the log.

        """
}
