package importer

import "strings"

// addLanguage notes a text under its language; the first text of a language
// counts.
func addLanguage(texts map[string]string, tag, text string) {
	if text = strings.TrimSpace(text); text == "" {
		return
	}
	l := languageTag(tag)
	if _, there := texts[l]; !there {
		texts[l] = text
	}
}

// languageTag is a language tag in the form of the descriptor, or "und" for
// something that is none.
func languageTag(tag string) string {
	tag = strings.ReplaceAll(strings.TrimSpace(tag), "_", "-")
	primary, rest, hasRest := strings.Cut(tag, "-")
	primary = strings.ToLower(primary)
	if len(primary) < 2 || len(primary) > 3 || !isWord(primary) {
		return "und"
	}
	if !hasRest {
		return primary
	}
	for part := range strings.SplitSeq(rest, "-") {
		if len(part) < 2 || len(part) > 8 || !isWord(part) {
			return primary
		}
	}
	return primary + "-" + rest
}

func isWord(s string) bool {
	for i := range len(s) {
		c := s[i]
		if (c < 'a' || c > 'z') && (c < 'A' || c > 'Z') && (c < '0' || c > '9') {
			return false
		}
	}
	return s != ""
}

// language is the two-letter code of a language that a source names by code, by
// the IRI of a code list or by name; ok is false for anything else.
func language(raw string) (code string, ok bool) {
	s := strings.ToLower(lastSegment(raw))
	if primary, _, _ := strings.Cut(strings.ReplaceAll(s, "_", "-"), "-"); len(primary) == 2 && isWord(primary) {
		return primary, true
	}
	if code, ok = languageCodes[s]; ok {
		return code, true
	}
	return "", false
}

// lastSegment is the last part of an IRI, or the text itself.
func lastSegment(raw string) string {
	s := strings.TrimRight(strings.TrimSpace(raw), "/")
	if !strings.Contains(s, "://") {
		return s
	}
	return s[strings.LastIndexAny(s, "/#")+1:]
}

// languageCodes gives the languages of Europe by their three-letter codes, as
// the Publications Office of the EU writes them, and by name.
var languageCodes = map[string]string{
	"fin": "fi", "swe": "sv", "eng": "en", "bul": "bg", "ces": "cs", "cze": "cs", "dan": "da", "deu": "de", "ger": "de",
	"ell": "el", "gre": "el", "spa": "es", "est": "et", "fra": "fr", "fre": "fr", "gle": "ga", "hrv": "hr", "hun": "hu",
	"isl": "is", "ita": "it", "lav": "lv", "lit": "lt", "mlt": "mt", "nld": "nl", "dut": "nl", "nob": "nb", "nno": "nn",
	"nor": "no", "pol": "pl", "por": "pt", "ron": "ro", "rum": "ro", "rus": "ru", "slk": "sk", "slv": "sl", "sme": "se",
	"ukr": "uk", "cat": "ca", "eus": "eu", "glg": "gl",
	"finnish": "fi", "suomi": "fi", "swedish": "sv", "svenska": "sv", "ruotsi": "sv", "english": "en", "englanti": "en",
	"engelska": "en", "german": "de", "deutsch": "de", "french": "fr", "spanish": "es", "estonian": "et", "norwegian": "no",
}
