package tables

import "strings"

// The words are common ones and rare ones: a detector that knows the common
// names only should be seen to miss the rest.
var (
	givenFi = strings.Fields(`Aino Eila Hanna Helmi Iida Irja Jenni Kaarina Katri Lempi Maija Marjatta Minna Orvokki Outi Päivi Raili Riitta Saara Seija
		Sirpa Tuulikki Tyyne Venla Vieno Wilma Aarne Antti Arvo Eero Eetu Esko Heikki Ilmari Jorma Jouni Juhani Kalevi Kari Lauri Matti Mikko Niilo Olavi
		Onni Pekka Reijo Risto Sakari Tauno Teuvo Toivo Urho Väinö Veikko Yrjö Ahti Lumi Unelma Kosti Rauha Oiva Siiri Pihla`)
	givenSv = strings.Fields(`Agneta Anna-Lena Birgitta Britt Carita Ebba Elsa Gun-Britt Gunilla Ingeborg Johanna Karin Linnea Maj-Len Monica Siv Solveig
		Ulla-Maj Anders Bengt Bjarne Bo-Göran Carl-Johan Christer Dick Erik Gösta Göran Håkan Henrik Jan-Erik Kaj Karl-Gustav Kurt Lars-Erik Nils Ole
		Ralf Rolf Rurik Stig Sven Tor Torsten Åke Östen Ragnvald Hjördis`)
	givenElse = strings.Fields(`Aleksei Svetlana Natalja Dmitri Irina Abdi Ayaan Fadumo Mohamed Hodan Nguyen Linh Thuy Minh Zainab Hussein Ali Leila Yusuf Piret
		Tõnu Kadri Margus Ngozi Chidi Pooja Rajesh Wei Xiulan Olena Taras Yevheniia Joao Fatima Shirin Reza`)
	familyFi = strings.Fields(`Ahola Alanen Haapakangas Heikkinen Hietala Huhtamäki Hyvönen Jokela Järvinen Kallio Kangasniemi Karhu Karppinen Kettunen Kivistö Koivisto
		Korhonen Koskela Kuusinen Laaksonen Lehtinen Leinonen Lintula Mattila Mäkelä Myllykoski Mäki-Arvela Nevalainen Nieminen Niskanen Ojaniemi Paavola Peltokangas
		Pitkänen Rautio Rintamäki Saarela Salmela Savolainen Sillanpää Suominen Takala Tuominen Uusitalo Vainionpää Vesterinen Virtanen Yli-Hukkala Äijälä`)
	familySv = strings.Fields(`Backlund Björkqvist Boströem Dahlbacka Ekholm Enlund Forsman Fröjdö Granholm Gustavsson Häggblom Hellström Högväg Ingves Kackur Klemets
		Knif Lindqvist Lillsunde Mitts Nybacka Nygård Norrgård Öhman Östergård Rosenlöf Sandvik Sjöholm Smeds Söderback Storbacka Svartsjö Sundqvist Udd Westerback
		Wikström Åkerblom Ågren`)
	familyElse = strings.Fields(`Ivanova Petrov Smirnova Abdullahi Hassan Warsame Tran Pham Le Ahmed Khalil Al-Sayed Tamm Kask Saar Okafor Sharma Patel Zhang Wang
		Kovalenko Shevchuk Silva Hosseini Karimi`)

	streetsFi = strings.Fields(`Suvantokatu Myllypolku Satamakatu Tallitie Peltolantie Kirkkopuistikko Vanhatie Koulukuja Rantabulevardi Kanavaranta Hovioikeudenkatu
		Haapaniementie Kuokkalankuja Leppätie Karhunkierros Asemapäällikönkatu Puutarhurinpolku Lautatarhankatu Meijerinkuja Kartanonpenger Vaskiluodontie
		Ristikkokaari Niittyrinne Mansikkatie Urheilutie Isokaari`)
	streetsFiLong = []string{"Pitkän Niemen tie", "Iso Roopertinkuja", "Kaarle Kustaan katu", "Vanha Porintie", "Yli-Lentiläntie", "Itäinen Rantakatu", "Maantie 7 tienhaara"}
	streetsSv     = strings.Fields(`Strandgatan Kvarnstigen Hamngatan Stallvägen Kyrkoesplanaden Skolgränden Kanalkajen Hovrättsgatan Alvägen Björnrundan Stationsgatan
		Mejerigränd Herrgårdsbacken Vasklotvägen Ängsbrinken Smultronvägen Idrottsvägen Storsvängen Lillhägnadsstigen`)
	places = []string{"Suvantola", "Lugnvik", "Alaranta", "Nedervik", "Yliranta", "Kråkholmen", "Varissaari", "Pappilanmäki", "Mustikkamaa", "Norrvalla", "Teeriniemi",
		"Orrnäs", "Ristinummi", "Korsmo", "Haapalehto", "Klemetinmäki"}
	areas = []string{"01 Keskusta", "02 Alaranta", "03 Yliranta", "04 Varissaari", "05 Pappilanmäki", "06 Ristinummi", "07 Teeriniemi", "08 Haapalehto"}
	// Municipalities of the country with their codes: facts of a public classification.
	municipalities = []string{"005 Alajärvi", "049 Espoo", "091 Helsinki", "109 Hämeenlinna", "152 Isokyrö", "231 Kaskinen", "272 Kokkola", "280 Korsnäs", "287 Kristiinankaupunki",
		"301 Kurikka", "399 Laihia", "440 Luoto", "475 Maalahti", "499 Mustasaari", "545 Närpiö", "564 Oulu", "598 Pietarsaari", "599 Pedersöre", "743 Seinäjoki", "837 Tampere",
		"853 Turku", "893 Uusikaarlepyy", "905 Vaasa", "946 Vöyri", "989 Ähtäri", "992 Äänekoski"}
	trees      = strings.Fields("kuusi mänty rauduskoivu hieskoivu vuorijalava metsälehmus vaahtera pihlaja tervaleppä haapa saarni poppeli")
	firms      = strings.Fields("Rakennus Kuljetus Sähkö Putki Siivous Taksi Kahvila Maansiirto Kone Data Hoiva Vihertyö Painotalo Laatta Nosturi")
	firmTails  = []string{"Oy", "Ab", "Oy Ab", "Ky", "Tmi", "Oyj", "T:mi"}
	titles     = strings.Fields("lastenhoitaja lähihoitaja suunnittelija opettaja kirjastonhoitaja insinööri siivooja kokki tarkastaja palvelusihteeri ympäristötarkastaja")
	facilities = []string{"Alarannan uimahalli", "Pappilanmäen koulu", "Ristinummen kirjasto", "Korsmo daghem", "Teeriniemen päiväkoti", "Norrvalla idrottshall", "Helmin päiväkoti",
		"Keskusareena", "Kråkholmens skola", "Varissaaren leirikeskus", "Mattilan tila", "Elsan puisto"}
	products   = []string{"hydrauliletku", "suodatin", "laakeri", "tiivistesarja", "hihna", "polttimo", "sulake 16 A", "lumiketju", "jarrupala", "pumppu"}
	programs   = []string{"Asiointi", "Tilavaraus", "Palkat", "Kartta", "Arkisto", "Potilas", "Kirjasto", "Laskutus"}
	parties    = strings.Fields("KESK KOK PS RKP SDP VAS VIHR KD")
	plainWords = strings.Fields(`katu valo risti puisto talvi hiekoitus roskis penkki liikenne suoja tie kuoppa aita lippu maksu jono aika varaus lapsi kerho`)
)
