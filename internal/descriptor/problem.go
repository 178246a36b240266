package descriptor

import (
	"maps"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"puntari/internal/checklist"
)

// Severity says what a problem stands in the way of.
type Severity string

const (
	// SeverityError means that the descriptor cannot be assessed as it is.
	SeverityError Severity = "error"
	// SeverityIncomplete means that an answer asked of everybody is missing. The
	// descriptor can be assessed, but the answer will be among the open questions.
	SeverityIncomplete Severity = "incomplete"
)

// Problem is something about a descriptor that its author has to mend, at the
// place where it stands.
type Problem struct {
	// File is the name given to the reader; "-" is standard input.
	File   string `json:"file"`
	Line   int    `json:"line"`
	Column int    `json:"column"`
	// Excerpt is the source line, a long one cut around the place, and Caret the
	// number of its characters before the place.
	Excerpt string `json:"excerpt,omitempty"`
	Caret   int    `json:"caret"`
	// Code names the sentence: "problem." and the code is a key of the messages.
	Code string `json:"code"`
	// Path is the field concerned, "schema.fields[3].disclosureRole", or empty.
	Path string `json:"path,omitempty"`
	// Params fill the sentence: what was found, what is allowed, what is near.
	Params   map[string]string `json:"params,omitempty"`
	Severity Severity          `json:"severity"`
}

// HasErrors tells whether a problem stands in the way of an assessment.
func HasErrors(problems []Problem) bool {
	return slices.ContainsFunc(problems, func(p Problem) bool { return p.Severity == SeverityError })
}

// Codes of problems. Each has a message "problem.<code>".
const (
	// The file as a whole.
	codeEmpty            = "empty"
	codeReadFailed       = "read_failed"
	codeTooLarge         = "too_large"
	codeTooManyValues    = "too_many_values"
	codeWrongEncoding    = "wrong_encoding"
	codeInvalidUTF8      = "invalid_utf8"
	codeControlCharacter = "control_character"
	codeNotText          = "not_text"
	codeMarkup           = "markup"
	codeNotDescriptor    = "not_descriptor"
	codeSeveralDocuments = "several_documents"
	codeMore             = "more"

	// YAML.
	codeYAMLTab          = "yaml_tab"
	codeYAMLColon        = "yaml_colon"
	codeYAMLMissingColon = "yaml_missing_colon"
	codeYAMLQuote        = "yaml_quote"
	codeYAMLAfterQuote   = "yaml_after_quote"
	codeYAMLBracket      = "yaml_bracket"
	codeYAMLIndent       = "yaml_indent"
	codeYAMLStart        = "yaml_start"
	codeYAMLEscape       = "yaml_escape"
	codeYAMLDash         = "yaml_dash"
	codeYAMLAnchor       = "yaml_anchor"
	codeYAMLSyntax       = "yaml_syntax"
	codeMergeKey         = "merge_key"
	codeTag              = "tag"
	codeAliasLimit       = "alias_limit"
	codeAliasCycle       = "alias_cycle"

	// JSON.
	codeJSONKey       = "json_key"
	codeJSONQuote     = "json_quote"
	codeJSONColon     = "json_colon"
	codeJSONComma     = "json_comma"
	codeJSONExtra     = "json_extra_comma"
	codeJSONClose     = "json_close"
	codeJSONEnd       = "json_end"
	codeJSONString    = "json_string"
	codeJSONEscape    = "json_escape"
	codeJSONNumber    = "json_number"
	codeJSONWord      = "json_word"
	codeJSONComment   = "json_comment"
	codeJSONCharacter = "json_character"
	codeJSONTrailing  = "json_trailing"

	// Names and kinds.
	codeDeepNesting    = "deep_nesting"
	codeDuplicateKey   = "duplicate_key"
	codeKeyKind        = "key_kind"
	codeUnknownSection = "unknown_section"
	codeUnknownField   = "unknown_field"
	codeWrongKind      = "wrong_kind"
	codeEmptyEntry     = "empty_entry"
	codeLanguageCode   = "language_code"
	codeBothNames      = "both_names"

	// Values.
	codeMissing        = "missing"
	codeMissingAnswer  = "missing_answer"
	codeBlank          = "blank"
	codeNotAllowed     = "not_allowed"
	codeYesOrNo        = "yes_or_no"
	codeNotNumber      = "not_number"
	codeDecimalComma   = "decimal_comma"
	codeNotWhole       = "not_whole"
	codeTooSmall       = "too_small"
	codeTooBig         = "too_big"
	codeNotDate        = "not_date"
	codeNotDuration    = "not_duration"
	codeNotURI         = "not_uri"
	codeNotEmail       = "not_email"
	codeWrongVersion   = "wrong_version"
	codeInvalid        = "invalid"
	codeTwiceColumn    = "duplicate_column"
	codeUnknownMeasure = "unknown_measure"
	codeUnknownColumn  = "unknown_column"
	codeNoColumns      = "no_columns"
	codeUnknownDetail  = "unknown_detail"
	codeSetUnknown     = "set_unknown"
	codeSetNotAllowed  = "set_not_allowed"
	codeSetFixed       = "set_fixed"
)

// Parts of sentences that are put together with those of the codes.
const (
	partStandardInput = "problem.part.standard_input"
	partField         = "problem.part.field"
	partColumnField   = "problem.part.column_field"
	partMeasure       = "problem.part.measure"
	partKind          = "problem.part.kind."
)

// hints are sentences added to that of the code when their parameter is there,
// in this order.
var hints = []struct{ param, key string }{
	{"elsewhere", "problem.part.elsewhere"},
	{"top", "problem.part.top"},
	{"nearest", "problem.part.nearest"},
	{"allowed", "problem.part.allowed"},
}

// Text is the problem as a sentence or two in lang, with the field in the words
// of the catalogue.
func (p Problem) Text(c *checklist.Catalogue, lang string) string {
	params := p.words(c, lang)
	var b strings.Builder
	b.WriteString(message(c, lang, "problem."+p.Code, params))
	for _, h := range hints {
		if p.Params[h.param] != "" {
			b.WriteByte(' ')
			b.WriteString(message(c, lang, h.key, params))
		}
	}
	return b.String()
}

// Format is the problem as a report for the terminal: the place and the
// sentence, then the source line and a caret below the place.
func (p Problem) Format(c *checklist.Catalogue, lang string) string {
	file := p.File
	if file == "-" {
		file = message(c, lang, partStandardInput, nil)
	}
	var b strings.Builder
	b.WriteString(file + ":" + strconv.Itoa(p.Line) + ":" + strconv.Itoa(p.Column) + ": " + p.Text(c, lang) + "\n")
	if strings.TrimSpace(p.Excerpt) == "" {
		return b.String()
	}
	const indent = "    "
	b.WriteString(indent + p.Excerpt + "\n" + indent)
	n := 0
	for _, r := range p.Excerpt {
		if n == p.Caret {
			break
		}
		n++
		if r != '\t' { // the terminal makes a tab as wide here as it did above
			r = ' '
		}
		b.WriteRune(r)
	}
	b.WriteString("^\n")
	return b.String()
}

// words gives the parameters of the sentence in lang.
func (p Problem) words(c *checklist.Catalogue, lang string) map[string]string {
	params := make(map[string]string, len(p.Params)+2)
	maps.Copy(params, p.Params)
	params["path"] = p.Path
	params["field"] = fieldWords(c, lang, p.Path, p.Params["column"])
	if parent, ok := p.Params["parent"]; ok {
		params["parent"] = fieldWords(c, lang, parent, p.Params["column"])
	}
	for _, k := range []string{"expected", "was"} {
		if v, ok := p.Params[k]; ok {
			params[k] = message(c, lang, partKind+v, nil)
		}
	}
	if strings.HasPrefix(p.Code, ownProfile) {
		params["field"] = keyWords(c, lang, p.Path)
		if it := c.Item(p.Params["item"]); it != nil {
			params["field"] = message(c, lang, partMeasure, map[string]string{"code": params["field"], "name": it.Title.In(lang)})
		}
	}
	if code, ok := p.Params["measure"]; ok {
		if m := c.Mitigation(code); m != nil {
			params["measure"] = message(c, lang, partMeasure, map[string]string{"code": code, "name": m.Name.In(lang)})
		}
	}
	return params
}

// ownProfile begins the codes of problems of an organisation's profile.
const ownProfile = "profile."

// keyWords names a key of a profile by its label, if it has one, and its path.
func keyWords(c *checklist.Catalogue, lang, path string) string {
	t, ok := c.Messages["profile.key."+path[strings.LastIndexByte(path, '.')+1:]]
	if !ok {
		return path
	}
	return message(c, lang, partField, map[string]string{"label": t.In(lang), "path": path})
}

// fieldWords names a field as its user knows it: the label and, because that is
// what stands in the file, the path.
func fieldWords(c *checklist.Catalogue, lang, path, column string) string {
	label := fieldLabel(c, lang, path)
	if label == "" {
		return path
	}
	key := partField
	if column != "" {
		key = partColumnField
	}
	return message(c, lang, key, map[string]string{"label": label, "path": path, "column": column})
}

// fieldLabel is the label of the field, or of the nearest thing around it that
// has one.
func fieldLabel(c *checklist.Catalogue, lang, path string) string {
	if _, set, ok := strings.Cut(path, ".set."); ok && strings.HasPrefix(path, "mitigations[") {
		path = setPath(set)
	}
	for pattern := pathPattern(path); pattern != ""; {
		if f := c.Descriptor.Field(pattern); f != nil {
			return f.Label.In(lang)
		}
		if i := slices.IndexFunc(c.Descriptor.Sections, func(s checklist.Section) bool { return s.ID == pattern }); i >= 0 {
			return c.Descriptor.Sections[i].Label.In(lang)
		}
		if bare, isList := strings.CutSuffix(pattern, "[]"); isList {
			pattern = bare
			continue
		}
		pattern = pattern[:max(strings.LastIndexByte(pattern, '.'), 0)]
	}
	return ""
}

var indexInPath = regexp.MustCompile(`\[\d+\]`)

// pathPattern is the path as the catalogue writes it: "schema.fields[].name".
func pathPattern(path string) string { return indexInPath.ReplaceAllString(path, "[]") }

// message fills the text with the key in one pass, so that braces in what a
// user wrote are left alone.
func message(c *checklist.Catalogue, lang, key string, params map[string]string) string {
	t, ok := c.Messages[key]
	if !ok {
		return key
	}
	pairs := make([]string, 0, 2*len(params))
	for k, v := range params {
		pairs = append(pairs, "{"+k+"}", v)
	}
	return strings.NewReplacer(pairs...).Replace(t.In(lang))
}
