package importer

import (
	"slices"
	"strings"

	"puntari/internal/facts"
)

var themeCodes = []string{"AGRI", "ECON", "EDUC", "ENER", "ENVI", "GOVE", "HEAL", "INTR", "JUST", "REGI", "SOCI", "TECH", "TRAN"}

// theme reads a theme: a code of the EU's list is taken over, and the name of a
// category of a portal suggests one.
func (r *record) theme(raw, property string) {
	from := origin{property, raw}
	if code := strings.ToUpper(lastSegment(raw)); slices.Contains(themeCodes, code) {
		r.add("dataset.theme", code, from)
		return
	}
	if strings.Contains(raw, "://") {
		return // a code of another list
	}
	words := facts.Words(raw)
	for _, t := range themeWords {
		if slices.ContainsFunc(words, func(w string) bool {
			return slices.ContainsFunc(t.stems, func(s string) bool { return strings.HasPrefix(w, s) })
		}) {
			r.suggest("dataset.theme", t.code, "theme", from)
			return
		}
	}
}

// themeWords are the beginnings of words, without accents, in the names of
// categories.
var themeWords = []struct {
	code  string
	stems []string
}{
	{"TRAN", []string{"transport", "traffic", "mobility", "parking", "liiken", "pysakoin", "trafik", "parkering"}},
	{"EDUC", []string{"educat", "school", "culture", "sport", "libraries", "arts", "recreation", "koulutus", "kulttuuri", "liikunta", "kirjasto", "utbildning", "kultur", "idrott", "bibliotek"}},
	{"HEAL", []string{"health", "terveys", "halsa", "halso"}},
	{"ENVI", []string{"environment", "nature", "climate", "ymparisto", "luonto", "ilmasto", "miljo", "natur", "klimat"}},
	{"ENER", []string{"energ"}},
	{"AGRI", []string{"agricult", "fish", "forest", "food", "maatalous", "kalatalous", "metsa", "elintarvi", "jordbruk", "skogs", "livsmedel"}},
	{"JUST", []string{"justice", "safety", "crime", "police", "legal", "oikeus", "turvallisuus", "rattsvasende", "sakerhet"}},
	{"REGI", []string{"region", "cities", "urban", "housing", "planning", "building", "permitting", "location", "alue", "kaupun", "asuminen", "kaavoitus", "rakennettu", "rakentaminen", "stader", "boende", "planlagg", "byggnad"}},
	{"ECON", []string{"econom", "business", "financ", "budget", "tax", "talous", "elinkeino", "vero", "ekonomi", "naringsliv", "skatt"}},
	{"SOCI", []string{"population", "social", "society", "demograph", "human", "vaesto", "yhteiskunta", "sosiaali", "befolkning", "samhalle"}},
	{"GOVE", []string{"government", "administrat", "public", "election", "hallinto", "paatoksen", "vaalit", "forvaltning", "valet"}},
	{"TECH", []string{"scien", "technolog", "tiede", "teknolog", "vetenskap", "teknik"}},
	{"INTR", []string{"international", "kansainval", "internationell"}},
}
