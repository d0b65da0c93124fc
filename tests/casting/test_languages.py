"""Labels, names and dates in many languages; every sentence is made up for this."""

import pytest

from cleanup.dates import date
from cleanup.formats import document, make
from cleanup.language import language_of
from tests.casting.test_casting import BOOK, cast_of

HOSTS = {
    "en": ("Host: Good evening and welcome to the harbour. I'm Mira Kovac.\n\nGuest: Thank you for having me.\n\nHost: It has rained all week.\n\nGuest: Yes, it has.\n", "Mira Kovac"),
    "de": ("Moderatorin: Guten Abend und willkommen am Hafen. Mein Name ist Mira Kovac.\n\nGast: Danke für die Einladung.\n\nModeratorin: Es hat die ganze Woche geregnet.\n\nGast: Ja, das ist wahr.\n", "Mira Kovac"),
    "fr": ("Animatrice : Bonsoir et bienvenue au port. Je m'appelle Mira Kovac.\n\nInvité : Merci de me recevoir.\n\nAnimatrice : Il a plu toute la semaine.\n\nInvité : Oui, c'est vrai.\n", "Mira Kovac"),
    "es": ("Presentadora: Buenas noches y bienvenidos al puerto. Me llamo Mira Kovac.\n\nInvitado: Gracias por la invitación.\n\nPresentadora: Ha llovido toda la semana.\n\nInvitado: Sí, es verdad.\n", "Mira Kovac"),
    "pt": ("Apresentadora: Boa noite e bem-vindos ao porto. Meu nome é Mira Kovac.\n\nConvidado: Obrigado pelo convite.\n\nApresentadora: Choveu a semana inteira.\n\nConvidado: Sim, é verdade.\n", "Mira Kovac"),
    "it": ("Conduttrice: Buonasera e benvenuti al porto. Mi chiamo Mira Kovac.\n\nOspite: Grazie per l'invito.\n\nConduttrice: Ha piovuto tutta la settimana.\n\nOspite: Sì, è vero.\n", "Mira Kovac"),
    "nl": ("Presentatrice: Goedenavond en welkom in de haven. Mijn naam is Mira Kovac.\n\nGast: Dank u wel.\n\nPresentatrice: Het heeft de hele week geregend.\n\nGast: Ja, dat is waar.\n", "Mira Kovac"),
    "sv": ("Programledare: God kväll och välkomna till hamnen. Jag heter Mira Kovac.\n\nGäst: Tack så mycket.\n\nProgramledare: Det har regnat hela veckan.\n\nGäst: Ja, det är sant.\n", "Mira Kovac"),
    "da": ("Vært: God aften og velkommen til havnen. Jeg hedder Mira Kovac.\n\nGæst: Mange tak.\n\nVært: Det har regnet hele ugen.\n\nGæst: Ja, det er sandt.\n", "Mira Kovac"),
    "fi": ("Juontaja: Hyvää iltaa ja tervetuloa satamaan. Nimeni on Mira Kovac.\n\nVieras: Kiitos kutsusta.\n\nJuontaja: On satanut koko viikon.\n\nVieras: Niin on.\n", "Mira Kovac"),
    "pl": ("Prowadząca: Dobry wieczór państwu. Nazywam się Mira Kovac.\n\nGość: Dziękuję za zaproszenie.\n\nProwadząca: Padało przez cały tydzień.\n\nGość: Tak, to prawda.\n", "Mira Kovac"),
    "cs": ("Moderátorka: Dobrý večer. Jmenuji se Mira Kovac.\n\nHost: Děkuji za pozvání.\n\nModerátorka: Pršelo celý týden.\n\nHost: Ano, to je pravda.\n", "Mira Kovac"),
    "ru": ("Ведущая: Добрый вечер. Меня зовут Мира Ковач.\n\nГость: Спасибо за приглашение.\n\nВедущая: Всю неделю шёл дождь.\n\nГость: Да, это правда.\n", "Мира Ковач"),
    "uk": ("Ведуча: Добрий вечір. Мене звати Міра Ковач.\n\nГість: Дякую за запрошення.\n\nВедуча: Увесь тиждень ішов дощ.\n\nГість: Так, це правда.\n", "Міра Ковач"),
    "tr": ("Sunucu: İyi akşamlar. Benim adım Mira Kovaç.\n\nKonuk: Teşekkür ederim.\n\nSunucu: Bütün hafta yağmur yağdı.\n\nKonuk: Evet, doğru.\n", "Mira Kovaç"),
    "id": ("Pembawa acara: Selamat malam. Nama saya Mira Kovac.\n\nNarasumber: Terima kasih.\n\nPembawa acara: Hujan turun sepanjang minggu.\n\nNarasumber: Ya, benar.\n", "Mira Kovac"),
    "ar": ("المذيعة: مساء الخير. اسمي ميرا كوفاتش.\n\nالضيف: شكرا على الدعوة.\n\nالمذيعة: هطل المطر طوال الأسبوع.\n\nالضيف: نعم، هذا صحيح.\n", "ميرا كوفاتش"),
    "fa": ("مجری: شب بخیر. نام من میرا کواچ است.\n\nمهمان: ممنون از دعوت شما.\n\nمجری: تمام هفته باران بارید.\n\nمهمان: بله، درست است.\n", "میرا کواچ"),
    "he": ("מנחה: ערב טוב. שמי מירה קובאץ'.\n\nאורח: תודה על ההזמנה.\n\nמנחה: ירד גשם כל השבוע.\n\nאורח: כן, נכון.\n", None),
    "zh": ("主持人：大家晚上好，我是王小海。\n\n嘉宾：谢谢邀请。\n\n主持人：这个星期一直在下雨。\n\n嘉宾：是的，没错。\n", "王小海"),
    "ja": ("司会：こんばんは。田中海子です。\n\nゲスト：よろしくお願いします。\n\n司会：今週はずっと雨でしたね。\n\nゲスト：はい、そうですね。\n", "田中海子"),
    "ko": ("진행자: 안녕하세요. 저는 김바다입니다.\n\n게스트: 초대해 주셔서 감사합니다.\n\n진행자: 일주일 내내 비가 왔습니다.\n\n게스트: 네, 맞습니다.\n", "김바다"),
}  # fmt: skip
CODED = {
    "de": ("Sprecher 1: Guten Abend, ich bin Mira Kovac.\n\nSprecher 2: Hallo.\n\nSprecher 1: Es regnet.\n\nSprecher 2: Ja.\n", "Mira Kovac"),
    "en": ("SPEAKER_00: Hello, my name is Mira Kovac.\n\nSPEAKER_01: Hi.\n\nSPEAKER_00: It rained.\n\nSPEAKER_01: Yes.\n", "Mira Kovac"),
    "zh": ("说话人 1：大家好，我叫陈大海。\n\n说话人 2：你好。\n\n说话人 1：下雨了。\n\n说话人 2：是的。\n", "陈大海"),
}  # fmt: skip
FULL = {
    "ar": "ميرا كوفاتش: مساء الخير.\n\nأنا ليند: أهلا.\n\nميرا كوفاتش: هطل المطر.\n\nأنا ليند: نعم.\n",
    "he": "מירה קובאץ': ערב טוב.\n\nאנה לינד: שלום.\n\nמירה קובאץ': ירד גשם.\n\nאנה לינד: כן.\n",
    "ja": "田中海子：こんばんは。\n\n鈴木波男：どうも。\n\n田中海子：雨でしたね。\n\n鈴木波男：はい。\n",
    "ko": "김바다: 안녕하세요.\n\n이파도: 네.\n\n김바다: 비가 왔어요.\n\n이파도: 맞아요.\n",
    "ru": "Мира Ковач: Добрый вечер.\n\nАнна Линд: Здравствуйте.\n\nМира Ковач: Шёл дождь.\n\nАнна Линд: Да.\n",
    "zh": "王小海：晚上好。\n\n陈大波：你好。\n\n王小海：下雨了。\n\n陈大波：是的。\n",
}


SAID = {
    "da": "Godaften. I dag skal vi tale om havnen, og hvad der skete i går. Jeg tror, at det var stormen, men der er også noget andet, for folk er vrede. Nej, de har ikke fået noget af det.",
    "nb": "God kveld. I dag skal vi snakke om havna, og hva som skjedde i går. Jeg tror at det var stormen, men det er også noe annet, for folk er sinte. Nei, de har ikke fått noe av det.",
    "sk": "Dobrý večer. Dnes budeme hovoriť o tom, čo sa stalo včera. Myslím si, že to bola búrka, ale je tu aj niečo iné, pretože ľudia sú nahnevaní. Nie, nedostali nič, a preto čakajú.",
    "cs": "Dobrý večer. Dnes budeme mluvit o tom, co se stalo včera. Myslím si, že to byla bouřka, ale je tu i něco jiného, protože lidé jsou naštvaní. Ne, nedostali nic, a proto čekají.",
    "sl": "Dober večer. Danes bomo govorili o tem, kaj se je zgodilo včeraj. Mislim, da je bila nevihta, ampak je še nekaj drugega, ker so ljudje jezni. Ne, niso dobili nič in zato čakajo.",
    "hr": "Dobra večer. Danas ćemo razgovarati o tome što se dogodilo jučer. Mislim da je bila oluja, ali ima još nešto, jer su ljudi ljuti. Tko je kriv i gdje su bili? Nisu dobili ništa.",
    "sr": "Dobro veče. Danas ćemo razgovarati o tome šta se dogodilo juče. Mislim da je bila oluja, ali ima još nešto, jer su ljudi ljuti. Ko je kriv i gde su bili? Nisu dobili ništa.",
    "bg": "Добър вечер. Днес ще говорим за това какво се случи вчера. Мисля, че беше бурята, но има и нещо друго, защото хората са ядосани. Не, не са получили нищо и затова са недоволни.",
    "ca": "Bon vespre. Avui parlarem del que va passar ahir. Crec que va ser la tempesta, però també hi ha una altra cosa, perquè la gent està enfadada. No, no han rebut res, i per això esperen.",
    "vi": "Chào buổi tối. Hôm nay chúng ta sẽ nói về những gì đã xảy ra hôm qua. Tôi nghĩ đó là cơn bão, nhưng cũng có một điều khác, vì mọi người rất tức giận. Họ không nhận được gì.",
    "es": "Buenas noches. Hoy vamos a hablar de lo que pasó ayer. Creo que fue la tormenta, pero también hay otra cosa, porque la gente está enfadada. No, no han recibido nada, y por eso esperan.",
    "id": "Selamat malam. Hari ini kita akan bicara tentang apa yang terjadi kemarin. Saya kira itu badai, tapi ada juga hal lain, karena orang marah. Tidak, mereka tidak bisa dapat uang itu.",
}  # fmt: skip


@pytest.mark.parametrize("tag", SAID)
def test_languages_that_are_near_are_told_apart(tag: str) -> None:
    assert language_of(document(SAID[tag], make("text", BOOK.table("sounds"))), BOOK.table("languages")) == tag


def test_tables_hold_words_and_no_answers() -> None:
    """YAML takes `no`, `off` and `on` for false and true."""
    tables = ("labels", "languages", "sounds", "words")
    assert "no" in BOOK.table("languages")["common"]["es"]  # type: ignore[index]
    assert not [name for name in tables if "True" in repr(BOOK.table(name)) or "False" in repr(BOOK.table(name))]


@pytest.mark.parametrize("tag", HOSTS)
def test_parts_in_the_talk_and_who_says_their_name(tag: str) -> None:
    text, name = HOSTS[tag]
    found = cast_of(text, language=tag)
    first, second, *_ = (turn.replace("：", ":").split(":")[0].strip() for turn in text.split("\n\n"))
    assert [speaker.label for speaker in found.speakers] == [first, second]
    assert (found.speakers[0].name, found.speakers[1].generic) == (name, True)


@pytest.mark.parametrize("tag", CODED)
def test_a_code_is_named_by_what_it_says_of_itself(tag: str) -> None:
    text, name = CODED[tag]
    first, second = cast_of(text, language=tag).speakers
    assert (first.name, first.evidence, second.name) == (name, "mentioned", None)


@pytest.mark.parametrize("tag", FULL)
def test_a_label_that_is_a_full_name(tag: str) -> None:
    found = cast_of(FULL[tag], language=tag)
    assert [speaker.name for speaker in found.speakers] == [speaker.label for speaker in found.speakers]
    assert len(found.speakers) == 2


@pytest.mark.parametrize("tag", [tag for tag in HOSTS if tag not in ("ru", "da", "id", "fi", "tr", "cs", "ar")])
def test_the_language_is_told_by_the_words(tag: str) -> None:
    assert language_of(document(HOSTS[tag][0] * 3, make("text", BOOK.table("sounds"))), BOOK.table("languages")) == tag


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("Wednesday, May 2nd, 2018", "2018-05-02"), ("the 2nd of May, 2018", "2018-05-02"), ("2 May 2018", "2018-05-02"), ("Aired May 2, 2018 - 21:00 ET", "2018-05-02"), ("May 2, 20189:00 PM ET", "2018-05-02"),
        ("Mittwoch, den 2. Mai 2018", "2018-05-02"), ("02.05.2018", "2018-05-02"), ("mercredi 2 mai 2018", "2018-05-02"), ("1er mai 2018", "2018-05-01"), ("miércoles 2 de mayo de 2018", "2018-05-02"), ("2 de maio de 2018", "2018-05-02"),
        ("mercoledì 2 maggio 2018", "2018-05-02"), ("2 mei 2018", "2018-05-02"), ("den 2 maj 2018", "2018-05-02"), ("2. toukokuuta 2018", "2018-05-02"), ("2 maja 2018 r.", "2018-05-02"), ("2. května 2018", "2018-05-02"), ("2018. május 2.", "2018-05-02"),
        ("2 мая 2018 года", "2018-05-02"), ("2 травня 2018 року", "2018-05-02"), ("2 Μαΐου 2018", "2018-05-02"), ("2 Mayıs 2018", "2018-05-02"), ("2 Mei 2018", "2018-05-02"), ("ngày 2 tháng 5 năm 2018", "2018-05-02"),
        ("٢ مايو ٢٠١٨", "2018-05-02"), ("2 أيار/مايو 2018", "2018-05-02"), ("۲ مه ۲۰۱۸", "2018-05-02"), ("2 במאי 2018", "2018-05-02"), ("2 मई 2018", "2018-05-02"),
        ("2018年5月2日", "2018-05-02"), ("２０１８年５月２日（水）", "2018-05-02"), ("平成30年5月2日", "2018-05-02"), ("令和元年5月2日", "2019-05-02"), ("民國107年5月2日", "2018-05-02"), ("2018년 5월 2일", "2018-05-02"),
        ("2018-05-02T10:00:00Z", "2018-05-02"), ("Wed, 02 May 2018 10:00:00 GMT", "2018-05-02"), ("5/31/2018", "2018-05-31"), ("31/5/2018", "2018-05-31"), ("02-May-2018", "2018-05-02"),
        ("5/2/2018", None), ("May 2018", None), ("2018", None), ("2-4 May 2018", None), ("May 35, 2018", None), ("30 February 2018", None), ("2 et 2018", None), ("107年5月2日", None), ("20180502", None),
    ],
)  # fmt: skip
def test_a_date_is_whole_or_none(text: str, day: str | None) -> None:
    found = date(text, BOOK.table("languages"))
    assert (found[0] if found else None) == day
