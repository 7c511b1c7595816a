#!/bin/sh
# Makes the voices of the browser tests again: twelve seconds with hardly a pause, so that two of them are enough to know
# who is heard. Needs espeak-ng and ffmpeg; the results are in the repository, so only a change of text does.
set -eu
cd "$(dirname "$0")"

# voice NAME ESPEAK-VOICE WORDS-PER-MINUTE PITCH TEXT
voice() {
  espeak-ng -v "$2" -s "$3" -p "$4" -g 1 --stdout "$5" |
    ffmpeg -v error -y -i - -af 'silenceremove=stop_periods=-1:stop_duration=0.25:stop_threshold=-50dB,loudnorm=I=-20:TP=-3:LRA=7,aresample=48000' \
      -t 12 -ac 1 -c:a libopus -b:a 32k -application voip -map_metadata -1 -fflags +bitexact "$1.opus"
}

voice claire fr+f2 165 55 "Mesdames et messieurs, bienvenue à cette table ronde de nos villes jumelées. Depuis quinze ans nos associations
se rendent visite chaque printemps, et cette année nous parlerons du port, des écoles et de la rizière que nos élèves cultivent ensemble.
Je remercie nos interprètes, sans qui cette rencontre serait impossible."
voice yves fr+m3 175 35 "Permettez-moi d'ajouter une question pratique. Qui paiera le voyage des cinquante lycéens au mois d'octobre, et combien
de familles pourront les accueillir pendant deux semaines? Notre conseil municipal se réunit jeudi soir, il faudra des chiffres précis, et une décision avant Noël."
voice aiko ja+f4 170 60 "みなさま、しまいとしの えんたくかいぎへ ようこそ おいでくださいました。じゅうごねんかん、わたしたちの きょうかいは まいとし はるに
おたがいを たずねてきました。ことしは みなと、がっこう、そして せいとたちが いっしょに つくる たんぼについて はなします。"
voice kenji ja+m1 160 40 "わたしからも ひとつ しつもんが あります。ゆきの おおい ふゆに、バスは なんじまで はしりますか。こうこうせいが よるの れんしゅうから
かえるとき、えきまえの ひろばは とても くらいのです。しやくしょの かたに おしえて いただきたいと おもいます。"
voice jane en+f3 170 50 "Good morning everybody, and thank you for joining from two continents at once. Our workshop looks at small harbours,
night trains and the price of apples, and at what young engineers would change if anybody asked them before the budget is closed."
