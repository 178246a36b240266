package importer

import (
	"regexp"
	"strconv"
	"strings"
)

// frequency is how often a dataset is updated, in the codes of the descriptor,
// or empty if the source says it in words that are not known. It is not exact
// when the source says something between two codes: then it is the less
// frequent one, so that nobody is promised more than there is.
func frequency(raw string) (code string, exact bool) {
	s := strings.ToLower(strings.TrimSpace(raw))
	if interval, ok := isoInterval(s); ok {
		return frequencyOf(interval)
	}
	word := strings.TrimPrefix(lastSegment(s), "freq-")
	if !strings.Contains(s, "://") {
		word = strings.TrimSpace(word[strings.LastIndexByte(word, ':')+1:]) // a prefixed name that was not resolved
	}
	if f, ok := frequencyCodes[word]; ok {
		return f.code, f.exact
	}
	if strings.Contains(s, "://") {
		return "", false
	}
	for _, w := range frequencyWords {
		if !containsAny(s, w.words) {
			continue
		}
		if code == w.code {
			continue
		}
		if code != "" {
			return code, false // several are named; the most frequent stands first
		}
		code, exact = w.code, w.exact
		if w.alone {
			return code, exact
		}
	}
	return code, exact
}

func containsAny(s string, words []string) bool {
	for _, w := range words {
		if strings.Contains(s, w) {
			return true
		}
	}
	return false
}

type frequencyCode struct {
	code  string
	exact bool
}

// frequencyCodes gives the codes of the EU frequency list, of SDMX and of the
// Dublin Core collection description.
var frequencyCodes = map[string]frequencyCode{
	"cont": {"CONT", true}, "update_cont": {"CONT", true}, "continuous": {"CONT", true}, "continual": {"CONT", true},
	"1min": {"CONT", true}, "5min": {"CONT", true}, "10min": {"CONT", true}, "15min": {"CONT", true}, "30min": {"CONT", true},
	"n": {"CONT", true}, "hourly": {"HOURLY", true}, "h": {"HOURLY", true},
	"bihourly": {"DAILY", false}, "trihourly": {"DAILY", false}, "12hrs": {"DAILY", false},
	"daily": {"DAILY", true}, "daily_2": {"DAILY", false}, "d": {"DAILY", true}, "b": {"DAILY", false},
	"weekly": {"WEEKLY", true}, "weekly_2": {"WEEKLY", false}, "weekly_3": {"WEEKLY", false}, "weekly_5": {"WEEKLY", false},
	"w": {"WEEKLY", true}, "threetimesaweek": {"WEEKLY", false}, "semiweekly": {"WEEKLY", false},
	"biweekly": {"MONTHLY", false}, "monthly": {"MONTHLY", true}, "monthly_2": {"MONTHLY", false}, "monthly_3": {"MONTHLY", false},
	"m": {"MONTHLY", true}, "semimonthly": {"MONTHLY", false}, "threetimesamonth": {"MONTHLY", false},
	"bimonthly": {"QUARTERLY", false}, "quarterly": {"QUARTERLY", true}, "q": {"QUARTERLY", true},
	"annual_2": {"ANNUAL", false}, "annual_3": {"ANNUAL", false}, "s": {"ANNUAL", false}, "semiannual": {"ANNUAL", false},
	"threetimesayear": {"ANNUAL", false}, "annual": {"ANNUAL", true}, "a": {"ANNUAL", true}, "y": {"ANNUAL", true},
	"biennial": {"BIENNIAL", true}, "a2": {"BIENNIAL", true},
	"irreg": {"IRREG", true}, "irregular": {"IRREG", true}, "as_needed": {"IRREG", true}, "never": {"NEVER", true}, "not_planned": {"NEVER", true},
	"triennial": {}, "quadrennial": {}, "quinquennial": {}, "decennial": {}, "bidecennial": {}, "tridecennial": {},
	"unknown": {}, "other": {}, "op_datpro": {}, "none": {}, "biannual": {}, "biannually": {}, "bi-annually": {}, "unpublished": {},
}

// frequencyWords are the words by which catalogues say how often, the most
// frequent first. A word that is alone says all; others may stand together.
var frequencyWords = []struct {
	code         string
	exact, alone bool
	words        []string
}{
	{"NEVER", true, true, []string{"not updated", "no longer updated", "historical", "one-time", "one time", "once.", "static", "kertaluont", "ei päivitetä", "uppdateras inte", "engångs"}},
	{"", false, true, []string{"biannual", "bi-annual", "every 3 years", "every 4 years", "every 5 years", "every 10 years", "joka neljäs"}},
	{"ANNUAL", false, true, []string{"semi-annual", "semiannual", "twice a year", "every 6 months", "every 4 months", "puolivuosi", "kahdesti vuodessa", "halvår"}},
	{"MONTHLY", false, true, []string{"bi-weekly", "biweekly", "every 2 weeks", "every two weeks", "fortnight", "joka toinen viikko", "varannan vecka"}},
	{"BIENNIAL", true, true, []string{"biennial", "every 2 years", "every two years", "joka toinen vuosi", "vartannat år"}},
	{"CONT", true, false, []string{"real time", "real-time", "realtime", "streaming", "continuous", "continual", "times per hour", "minute", "minuut", "reaaliaik", "jatkuva", "realtid", "kontinuerlig", "löpande"}},
	{"DAILY", false, false, []string{"multiple times daily", "times per day", "more than daily", "times a day", "kertaa päivässä", "gånger om dagen"}},
	{"HOURLY", true, false, []string{"hourly", "every hour", "tunneittain", "tunnin välein", "varje timme", "timvis"}},
	{"DAILY", true, false, []string{"updated daily", "every day", "nightly", "päivittäin", "joka päivä", "dagligen", "varje dag"}},
	{"WEEKLY", false, false, []string{"weekday", "monday - friday", "arkipäiv", "vardag"}},
	{"DAILY", true, false, []string{"daily"}},
	{"WEEKLY", true, false, []string{"weekly", "every week", "viikoittain", "kerran viikossa", "veckovis", "varje vecka"}},
	{"MONTHLY", true, false, []string{"monthly", "every month", "kuukausittain", "kerran kuussa", "månadsvis", "månatlig", "varje månad"}},
	{"QUARTERLY", true, false, []string{"quarter", "every 3 months", "neljännesvuos", "kolmen kuukauden", "kvartal"}},
	{"ANNUAL", true, false, []string{"annual", "yearly", "every year", "vuosittain", "kerran vuodessa", "årlig", "varje år"}},
	{"IRREG", true, false, []string{"irregular", "as needed", "as necessary", "when necessary", "on demand", "as new data", "as changes", "eventual", "tarvittaessa", "tarpeen mukaan", "epäsäännöll", "oregelbund", "vid behov"}},
}

var isoDuration = regexp.MustCompile(`^(?:r\d*/?)?p(?:([\d.]+)y)?(?:([\d.]+)m)?(?:([\d.]+)w)?(?:([\d.]+)d)?(?:t(?:([\d.]+)h)?(?:([\d.]+)m)?(?:([\d.]+)s)?)?$`)

// isoInterval is the length in days of a repeating interval as ISO 8601 writes
// it, "R/P1M".
func isoInterval(s string) (days float64, ok bool) {
	m := isoDuration.FindStringSubmatch(s)
	if m == nil {
		return 0, false
	}
	for i, unit := range []float64{365, 30, 7, 1, 1.0 / 24, 1.0 / 1440, 1.0 / 86400} {
		if n, err := strconv.ParseFloat(m[i+1], 64); err == nil {
			days += n * unit
		}
	}
	return days, days > 0
}

// frequencyOf is the code for an interval in days.
func frequencyOf(days float64) (code string, exact bool) {
	const hour = 1.0 / 24
	for _, f := range []struct {
		code     string
		from, to float64
	}{
		{"CONT", 0, hour * 0.99}, {"HOURLY", hour * 0.99, hour * 1.01}, {"DAILY", 0.99, 1.01}, {"WEEKLY", 6.9, 7.1}, {"MONTHLY", 28, 31},
		{"QUARTERLY", 89, 93}, {"ANNUAL", 359, 367}, {"BIENNIAL", 720, 735},
	} {
		switch {
		case days < f.from:
			return f.code, false
		case days <= f.to:
			return f.code, true
		}
	}
	return "", false
}

// frequency reads how often the dataset is updated.
func (r *record) frequency(raw string, property string) {
	from := origin{property, raw}
	switch code, exact := frequency(raw); {
	case code == "" && saysNothing(raw):
	case code == "":
		r.note(codeValue, from)
	case exact:
		r.set("dataset.accrualPeriodicity", code, from)
	default:
		r.round("dataset.accrualPeriodicity", code, "frequency", from)
	}
}

// saysNothing tells whether a value is a way of not giving one.
func saysNothing(raw string) bool {
	switch strings.ToLower(strings.Trim(lastSegment(raw), ". ")) {
	case "", "none", "null", "unknown", "n/a", "-", "not specified", "notspecified", "license not specified", "to be determined", "undefined", "unspecified", "op_datpro":
		return true
	}
	return strings.HasPrefix(strings.ToLower(raw), "other")
}
