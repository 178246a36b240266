package descriptor

import (
	"errors"
	"fmt"
	"math"
	"net/url"
	"reflect"
	"regexp"
	"strconv"
	"strings"
	"time"

	"github.com/go-playground/validator/v10"

	"puntari/internal/checklist"
)

// newValidator returns a validator that knows the tags of the generated type
// besides its own: whole and iso8601duration.
func newValidator() *validator.Validate {
	v := validator.New(validator.WithRequiredStructEnabled())
	v.RegisterTagNameFunc(func(f reflect.StructField) string {
		name, _, _ := strings.Cut(f.Tag.Get("json"), ",")
		return name
	})
	v.RegisterCustomTypeFunc(func(f reflect.Value) any {
		n := f.Interface().(Number)
		if n.Unknown {
			return nil // nothing to check: omitempty passes over it
		}
		return n.Value
	}, Number{})
	for tag, valid := range map[string]func(validator.FieldLevel) bool{
		"whole":           func(f validator.FieldLevel) bool { return isWhole(f.Field().Float()) },
		"iso8601duration": func(f validator.FieldLevel) bool { return isDuration(f.Field().String()) },
	} {
		if err := v.RegisterValidation(tag, valid); err != nil {
			panic(err) // only an empty tag or a nil function
		}
	}
	return v
}

var duration = regexp.MustCompile(`^P(?:\d+W|(?:\d+Y)?(?:\d+M)?(?:\d+D)?(?:T(?:\d+H)?(?:\d+M)?(?:\d+S)?)?)$`)

// isDuration tells whether a text is a duration of ISO 8601 in whole numbers:
// P1D, PT2H, P1Y2M, P2W.
func isDuration(s string) bool {
	return duration.MatchString(s) && s != "P" && !strings.HasSuffix(s, "T")
}

func isWhole(x float64) bool { return x == math.Trunc(x) }

// isURI tells whether the validator takes a text for the address of something.
func isURI(s string) bool {
	s, _, _ = strings.Cut(s, "#")
	if isPlainURL(s) {
		return true
	}
	_, err := url.ParseRequestURI(s)
	return err == nil
}

// isPlainURL tells whether a text is an address of the web without any sign that
// would have to be looked at.
func isPlainURL(s string) bool {
	rest, ok := strings.CutPrefix(s, "https://")
	if !ok {
		return false
	}
	for i := range len(rest) {
		if c := rest[i]; !isLetter(c) && !isDigit(c) && c != '.' && c != '-' && c != '/' {
			return false
		}
	}
	return rest != ""
}

// isPlainEmail tells whether a text is an address as nearly all are: letters,
// digits and few signs. The validator allows more.
func isPlainEmail(s string) bool {
	name, domain, ok := strings.Cut(s, "@")
	top := domain[strings.LastIndexByte(domain, '.')+1:]
	return ok && len(top) < len(domain) && !strings.ContainsAny(top, "0123456789-") && areWords(name) && areWords(domain)
}

// areWords tells whether what stands between the full stops of a text are words.
func areWords(s string) bool {
	for word := range strings.SplitSeq(s, ".") {
		if isNoWord(word) {
			return false
		}
	}
	return true
}

// isNoWord tells whether a text is something else than letters and digits with
// hyphens between them.
func isNoWord(s string) bool {
	for i := range len(s) {
		if c := s[i]; !isDigit(c) && (c < 'a' || c > 'z') && (c < 'A' || c > 'Z') && (c != '-' || i == 0 || i == len(s)-1) {
			return true
		}
	}
	return s == ""
}

// checker finds what is wrong with the values of a Dataset that has been read.
type checker struct {
	reader   *Reader
	dataset  *Dataset
	findings *findings
	document *document
	// taken is the document taken apart, or memory for it.
	taken *tree
}

// tree is what the document says with the places of all values. One that was laid
// straight into the Dataset is taken apart only when a place is asked for.
func (c *checker) tree() *tree {
	if len(c.taken.nodes) == 0 {
		_, _ = parse(c.taken, new(findings), c.document, c.reader.limits()) // it has been read before
	}
	return c.taken
}

func (c *checker) check() {
	c.validate()
	c.blankRequired()
	c.columns()
	for i := range c.dataset.Mitigations {
		c.measure(i)
	}
	if !c.reader.errorsOnly {
		c.essentials()
	}
}

// validate checks the values by the tags of the type. The validator, which takes
// fifty times as long, is only asked where the generated check of the same tags is
// not content.
func (c *checker) validate() {
	columns := c.dataset.Schema.Fields
	c.dataset.Schema.Fields = nil
	if !c.dataset.valid() {
		c.translate(c.reader.validate.Struct(c.dataset), "", func(path string) string { return path })
	}
	c.dataset.Schema.Fields = columns
	for i := range columns {
		if !columns[i].valid() {
			c.translate(c.reader.validate.Struct(&columns[i]), fmt.Sprintf("schema.fields[%d].", i), func(path string) string { return path })
		}
	}
}

// place is that of the value with the path, or of the nearest thing around it.
func (c *checker) place(path string) place {
	t := c.tree()
	value, _, _ := t.find(path)
	return t.nodes[value].place
}

// keyPlace is that of the key of the value with the path, or of the nearest thing
// around it.
func (c *checker) keyPlace(path string) place {
	t := c.tree()
	_, key, _ := t.find(path)
	return t.nodes[key].place
}

// written is the text that stands at the path.
func (c *checker) written(path string) (string, bool) {
	t := c.tree()
	value, _, ok := t.find(path)
	if n := t.value(value); ok && n.kind == nodeText {
		return n.text, true
	}
	return "", false
}

func (c *checker) note(path, code string, params ...string) *finding {
	f := c.findings.add(c.place(path), code, path, paramsOf(params))
	c.nameColumn(f)
	return f
}

// nameColumn adds the name of the column that a path is about.
func (c *checker) nameColumn(f *finding) {
	rest, ok := strings.CutPrefix(f.path, "schema.fields[")
	digits, _, closed := strings.Cut(rest, "]")
	i, err := strconv.Atoi(digits)
	if !ok || !closed || err != nil || i >= len(c.dataset.Schema.Fields) {
		return
	}
	if name := c.dataset.Schema.Fields[i].Name; name != nil {
		f.params["column"] = shown(*name)
	}
}

// translate turns what the validator found into findings. What was validated
// stands at prefix in a Dataset; pathOf gives the path in the file of a path in
// the Dataset, or "" to leave it out.
func (c *checker) translate(err error, prefix string, pathOf func(string) string) {
	var fields validator.ValidationErrors
	if !errors.As(err, &fields) {
		return
	}
	for _, e := range fields {
		if c.findings.full() {
			c.findings.more++
			continue
		}
		_, checked, _ := strings.Cut(e.Namespace(), ".")
		checked = prefix + checked
		path := pathOf(checked)
		if path == "" || c.findings.blames(path) {
			continue
		}
		c.explain(e, c.reader.fieldAt(checked), path)
	}
}

// explain notes one refusal of the validator, in terms of the field's type.
func (c *checker) explain(e validator.FieldError, f *checklist.Field, path string) {
	found, ok := c.written(path)
	if !ok {
		found = fmt.Sprint(e.Value())
	}
	if e.Tag() == "required" {
		c.missing(path)
		return
	}
	if found == Unknown && path != "descriptorVersion" {
		return
	}
	n := c.note(path, codeInvalid, "found", shown(found))
	if f == nil {
		return
	}
	switch {
	case strings.TrimSpace(found) == "":
		n.code = codeBlank
	case e.Tag() == "whole":
		n.code = codeNotWhole
	case e.Tag() == "gte":
		n.code, n.params["limit"] = codeTooSmall, e.Param()
	case e.Tag() == "lte":
		n.code, n.params["limit"] = codeTooBig, e.Param()
	case e.Tag() == "email":
		n.code = codeNotEmail
	case path == "descriptorVersion":
		n.code, n.params["allowed"] = codeWrongVersion, e.Param()
	default:
		c.explainType(n, f, found)
	}
}

// explainType completes a finding about a value that does not fit the type of
// its field.
func (c *checker) explainType(n *finding, f *checklist.Field, found string) {
	switch f.ElementType() {
	case "enum":
		n.code = codeNotAllowed
		c.allowed(n, f.Values, found)
	case "tri":
		n.code = codeNotAllowed
		if like := yesOrNo(found); like != "" {
			n.code, n.params["nearest"] = codeYesOrNo, like
			return
		}
		c.allowed(n, c.reader.triValues(), found)
	case "date":
		n.code = codeNotDate
		if near := isoDate(found); near != "" {
			n.params["nearest"] = near
		}
	case "duration":
		n.code = codeNotDuration
		if upper := strings.ToUpper(found); isDuration(upper) {
			n.params["nearest"] = upper
		}
	case "uri":
		n.code = codeNotURI
	}
	if sameName(found, Unknown) {
		n.params["nearest"] = Unknown
	}
}

// allowed adds the allowed values and the nearest of them. A value may also have
// been written by its label, in any language.
func (c *checker) allowed(n *finding, values []checklist.Value, found string) {
	codes := make([]string, 0, len(values)+1)
	for _, v := range values {
		codes = append(codes, v.Value)
		for _, label := range v.Label {
			if sameName(label, found) {
				n.params["nearest"] = v.Value
			}
		}
	}
	if near := nearest(found, append(codes, Unknown)); near != "" && n.params["nearest"] == "" {
		n.params["nearest"] = near
	}
	n.params["allowed"] = listed(codes)
}

// yesOrNo is the answer that a program would have meant by a truth value.
func yesOrNo(s string) string {
	switch strings.ToLower(s) {
	case "true", "on", "y", "1":
		return "yes"
	case "false", "off", "n", "0":
		return "no"
	}
	return ""
}

func isDate(s string) bool {
	if isPlainDate(s) {
		return true
	}
	_, err := time.Parse(time.DateOnly, s)
	return err == nil
}

// isPlainDate tells whether a text is a date that every month has, without reading
// its format anew.
func isPlainDate(s string) bool {
	const format = "0000-00-00"
	if len(s) != len(format) {
		return false
	}
	for i := range len(format) {
		if format[i] == '-' && s[i] != '-' || format[i] == '0' && !isDigit(s[i]) {
			return false
		}
	}
	month, day := s[5:7], s[8:]
	return "01" <= month && month <= "12" && "01" <= day && day <= "28"
}

var (
	dotDate  = regexp.MustCompile(`^(\d{1,2})\.(\d{1,2})\.(\d{4})$`)
	longDate = regexp.MustCompile(`^(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?:[T ].*)?$`)
)

// isoDate is the date that was probably meant, or "". A date with slashes and
// the year last is not guessed at: it is read in two ways.
func isoDate(s string) string {
	var year, month, day string
	if m := dotDate.FindStringSubmatch(s); m != nil {
		day, month, year = m[1], m[2], m[3]
	} else if m := longDate.FindStringSubmatch(s); m != nil {
		year, month, day = m[1], m[2], m[3]
	} else {
		return ""
	}
	date := fmt.Sprintf("%s-%02s-%02s", year, month, day)
	if !isDate(date) {
		return ""
	}
	return date
}

// missing notes that a required field is not there, at the group it belongs in.
func (c *checker) missing(path string) {
	if c.findings.concerns(path) {
		return
	}
	n := c.findings.add(c.keyPlace(path), codeMissing, path, map[string]string{})
	c.nameColumn(n)
}

// blankRequired finds required texts that are there but say nothing.
func (c *checker) blankRequired() {
	for _, path := range c.reader.required {
		p := c.dataset.pointer(path)
		if p == nil {
			continue // within a list
		}
		if !c.findings.blames(path) && isBlank(p) {
			c.note(path, codeBlank)
		}
	}
	for i := range c.dataset.Schema.Fields {
		if name := c.dataset.Schema.Fields[i].Name; name != nil && strings.TrimSpace(*name) == "" {
			c.note(fmt.Sprintf("schema.fields[%d].name", i), codeBlank)
		}
	}
}

// isBlank tells whether a field that is there holds no ink.
func isBlank(p any) bool {
	switch v := p.(type) {
	case **string:
		return *v != nil && strings.TrimSpace(**v) == ""
	case *LangText:
		for _, s := range *v {
			if strings.TrimSpace(s) != "" {
				return false
			}
		}
		return *v != nil
	}
	return false
}

// columns finds names that two columns have.
func (c *checker) columns() {
	fields := c.dataset.Schema.Fields
	if !mayRepeat(fields) {
		return
	}
	first := make(map[string]int, len(fields))
	for i := range fields {
		name := fields[i].Name
		if name == nil || *name == Unknown {
			continue
		}
		j, twice := first[*name]
		if !twice {
			first[*name] = i
			continue
		}
		if c.findings.full() {
			c.findings.more++
			continue
		}
		other := c.place(fmt.Sprintf("schema.fields[%d].name", j))
		c.note(fmt.Sprintf("schema.fields[%d].name", i), codeTwiceColumn, "found", shown(*name)).other = other
	}
}

// mayRepeat tells whether two of the columns may have the same name. Those of a few
// are compared with one another, which takes less than a map of them.
func mayRepeat(fields []Column) bool {
	if len(fields) > 40 {
		return true
	}
	for i := range fields {
		name := fields[i].Name
		if name == nil {
			continue
		}
		for j := range i {
			if other := fields[j].Name; other != nil && *other == *name {
				return true
			}
		}
	}
	return false
}

// essentials finds the answers asked of everybody that are not there.
func (c *checker) essentials() {
	for _, path := range c.reader.essential {
		p := c.dataset.pointer(path)
		if p == nil || !reflect.ValueOf(p).Elem().IsNil() || c.findings.concerns(path) {
			continue
		}
		c.findings.add(c.keyPlace(path), codeMissingAnswer, path, map[string]string{}).severity = SeverityIncomplete
	}
}
