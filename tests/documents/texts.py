"""Ordinary sentences in five languages, written for the tests, and what is asked of every document."""

from searchkit.documents.model import Document
from searchkit.text.normalize import nfc

RUSSIAN = (
    "Министерство образования объявило о новой программе обмена студентами. Осенью первые сорок участников поедут в Сеул, "
    "Берлин и Баку, где будут изучать инженерное дело, медицину и языки. «Мы хотим, чтобы молодёжь видела мир», – сказала "
    "заместитель министра. Заявки принимаются до пятнадцатого мая; подробности опубликованы на сайте ведомства. Расходы на "
    "проезд и жильё оплачивает государство."
)
KAZAKH = (
    "Білім министрлігі студенттер алмасудың жаңа бағдарламасын жариялады. Күзде алғашқы қырық қатысушы Сеулге, Берлинге және "
    "Бакуге барып, инженерлік істі, медицинаны және тілдерді үйренеді. «Жастардың дүниені көргенін қалаймыз», – деді "
    "министрдің орынбасары. Өтініштер он бесінші мамырға дейін қабылданады; толығырақ ақпарат ведомствоның сайтында "
    "жарияланған. Жол мен тұрғын үй шығынын мемлекет өтейді. Ұлттық ғылым академиясы мен әлемнің белгілі оқу орындары да бұл "
    "іске қолдау көрсетпек, жаңа зертханалар ашылмақ."
)
KOREAN = (
    "교육부는 학생 교류를 위한 새로운 사업을 발표했다. 올가을 첫 참가자 마흔 명이 알마티와 베를린, 바쿠로 떠나 공학과 의학, "
    "언어를 배우게 된다. 차관은 젊은이들이 넓은 세상을 보기를 바란다고 말했다. 신청은 오월 십오일까지 받으며 자세한 내용은 "
    "누리집에 실려 있다. 교통비와 숙박비는 정부가 부담한다. 여러 대학과 연구소도 이 사업을 돕기로 했으며, 내년에는 참가 "
    "인원을 두 배로 늘릴 계획이다. 지난해 맺은 협정에 따라 공동 실험실도 문을 연다."
)
GERMAN = (
    "Das Ministerium für Bildung kündigte ein neues Programm für den Austausch von Studierenden an. Im Herbst fahren die "
    "ersten vierzig Teilnehmer nach Seoul, Almaty und Baku, wo sie Maschinenbau, Medizin und Sprachen studieren. Die "
    "Staatssekretärin äußerte den Wunsch, dass junge Menschen die Welt kennenlernen. Anträge können bis Mitte Mai "
    "eingereicht werden; die Kosten für Reise und Unterkunft übernimmt der Staat. Größere Hochschulen möchten sich künftig "
    "ebenfalls beteiligen."
)
ENGLISH = (
    "The ministry of education announced a new programme – the first of its kind – for exchanging students. “We want young "
    "people to see the world,” said the deputy minister. In autumn the first forty participants will travel to Seoul, Almaty "
    "and Baku, where they’ll study engineering, medicine and languages. Applications are accepted until the middle of May; "
    "the state pays for travel and lodging."
)
FRENCH = (
    "Le ministère de l’Éducation a annoncé un nouveau programme d’échange pour les étudiants. À l’automne, les quarante "
    "premiers participants partiront étudier l’ingénierie, la médecine et les langues. Les frais de voyage et d’hébergement "
    "sont payés par l’État ; les candidatures sont reçues jusqu’à la mi-mai. C’est une œuvre de longue haleine, où chacun a "
    "sa part."
)
TURKISH = (
    "Eğitim Bakanlığı öğrenci değişimi için yeni bir program açıkladı. Sonbaharda ilk kırk katılımcı Seul, Berlin ve Bakü'ye "
    "giderek mühendislik, tıp ve dil öğrenecek. Bakan yardımcısı gençlerin dünyayı görmesini istediklerini söyledi. "
    "Başvurular mayıs ortasına kadar kabul ediliyor; yol ve konaklama giderlerini devlet karşılıyor. Şimdiden birçok "
    "üniversite ilgi gösterdi."
)
POLISH = (
    "Ministerstwo Edukacji ogłosiło nowy program wymiany studentów. Jesienią pierwszych czterdziestu uczestników wyjedzie do "
    "Seulu, Berlina i Baku, gdzie będą studiować inżynierię, medycynę i języki. Koszty podróży i zakwaterowania pokrywa "
    "państwo, a wnioski można składać do połowy maja. Później dołączą też inne uczelnie, które wyraziły już chęć współpracy."
)
UKRAINIAN = (
    "Міністерство освіти оголосило про нову програму обміну студентами. Восени перші сорок учасників поїдуть до Сеула, "
    "Берліна й Баку, де вивчатимуть інженерну справу, медицину та мови. Витрати на проїзд і житло сплачує держава, а заявки "
    "приймають до середини травня. Їхній досвід стане у пригоді й іншим вищим навчальним закладам, які вже виявили бажання "
    "долучитися."
)
JAPANESE = (
    "教育省は学生交流のための新しい計画を発表した。秋には最初の四十人がソウル、ベルリン、バクーへ行き、工学や医学、言語を学ぶ"
    "。交通費と宿泊費は国が負担する。申し込みは五月の中ごろまで受け付けている。"
)
CHINESE = (
    "教育部宣布了一项新的学生交流计划。今年秋天,第一批四十名学生将前往首尔、柏林和巴库,在那里学习工程、医学和语言。旅费和住"
    "宿费由国家承担,申请可以在五月中旬以前提出。"
)
GREEK = (
    "Το υπουργείο Παιδείας ανακοίνωσε ένα νέο πρόγραμμα ανταλλαγής φοιτητών. Το φθινόπωρο οι πρώτοι σαράντα θα ταξιδέψουν στη Σεούλ και "
    "στο Βερολίνο, όπου θα σπουδάσουν ιατρική και γλώσσες. Τα έξοδα πληρώνει το κράτος."
)
HEBREW = (
    "משרד החינוך הודיע על תוכנית חדשה לחילופי סטודנטים. בסתיו ייסעו ארבעים המשתתפים הראשונים לסיאול ולברלין, ושם ילמדו הנדסה, רפואה ושפות. "
    "את הוצאות הנסיעה והמגורים משלמת המדינה, וההרשמה פתוחה עד אמצע מאי."
)


def line_at(document: Document, offset: int) -> int:
    """Source line of an offset, as ``Document.lines`` says it."""
    at, line = max(point for point in document.lines if point[0] <= offset)
    return line + document.text.count("\n", at, offset)


def check_document(document: Document) -> None:
    """What every document owes its readers."""
    offsets = [offset for offset, _ in document.lines]
    assert document.text == nfc(document.text)
    assert "\r" not in document.text
    assert offsets[0] == 0
    assert offsets == sorted(set(offsets))
    assert all(0 <= offset <= len(document.text) for offset in offsets)
    assert all(line >= 1 for _, line in document.lines)
    assert document.title is None or (document.title == " ".join(document.title.split()) and document.title)
    document.text.encode("utf-8")
    assert all(isinstance(key, str) and isinstance(value, str) for key, value in document.metadata.items())
