package descriptor

import (
	"bytes"
	"io"
	"reflect"
	"strconv"
	"strings"
	"sync"
	"unicode/utf8"

	"github.com/go-playground/validator/v10"

	"puntari/internal/checklist"
)

// Limits that NewReader sets.
const (
	DefaultMaxBytes    = 8 << 20
	DefaultMaxValues   = 500_000
	DefaultMaxDepth    = 64
	DefaultMaxProblems = 100
)

// Reader reads descriptors against a field catalogue. It is safe for concurrent
// use once its fields are set.
type Reader struct {
	// MaxBytes is the size of the largest descriptor that is read. A stream may
	// be of any length; the limit holds for each descriptor in it.
	MaxBytes int
	// MaxValues is how many values and names a descriptor may hold.
	MaxValues int
	// MaxDepth is how deeply values may be nested.
	MaxDepth int
	// MaxProblems is how many problems of one descriptor are told. When there are
	// more, a last one says how many.
	MaxProblems int

	catalogue *checklist.Catalogue
	shape     *catalogueShape
	validate  *validator.Validate
	fields    map[string]*checklist.Field
	required  []string // paths
	essential []string
	trees     *sync.Pool
	directs   *sync.Pool
	// errorsOnly leaves out what does not stand in the way of an assessment.
	errorsOnly bool
}

type limits struct{ values, depth int }

// NewReader returns a reader with the default limits. The catalogue must not
// change while the reader is used.
func NewReader(c *checklist.Catalogue) *Reader {
	r := &Reader{
		MaxBytes: DefaultMaxBytes, MaxValues: DefaultMaxValues, MaxDepth: DefaultMaxDepth, MaxProblems: DefaultMaxProblems,
		catalogue: c, shape: newShape(c), validate: newValidator(), fields: map[string]*checklist.Field{},
		trees: &sync.Pool{New: func() any { return new(tree) }}, directs: &sync.Pool{New: func() any { return new(direct) }},
	}
	for i := range c.Descriptor.Fields {
		f := &c.Descriptor.Fields[i]
		r.fields[f.Path] = f
		if f.Required {
			r.required = append(r.required, f.Path)
		}
		if f.Essential {
			r.essential = append(r.essential, f.Path)
		}
	}
	return r
}

// ErrorsOnly returns a reader that does not look for answers that are missing, of
// [SeverityIncomplete]: for those who only ask whether a descriptor can be
// assessed. It has the limits that r has now.
func (r *Reader) ErrorsOnly() *Reader {
	only := *r
	only.errorsOnly = true
	return &only
}

func (r *Reader) limits() limits { return limits{values: r.MaxValues, depth: r.MaxDepth} }

// fieldAt returns the field of the catalogue that a path belongs to, or nil.
func (r *Reader) fieldAt(path string) *checklist.Field {
	pattern := pathPattern(path)
	if f := r.fields[pattern]; f != nil {
		return f
	}
	return r.fields[strings.TrimSuffix(pattern, "[]")]
}

// triValues are the answers to a yes-or-no question with their words.
func (r *Reader) triValues() []checklist.Value {
	return []checklist.Value{
		{Value: "yes", Label: r.catalogue.Messages["common.yes"]},
		{Value: "no", Label: r.catalogue.Messages["common.no"]},
		{Value: Unknown, Label: r.catalogue.Messages["common.unknown"]},
	}
}

// Source is a descriptor that has been read.
type Source struct {
	Dataset *Dataset
	// Name is that of the file, as given to the reader.
	Name string
	// Record is the number of the descriptor in its file, from 1.
	Record int

	document *document
	limits   limits
	once     sync.Once
	tree     *tree
}

// Position is the line and column of the value with the path, such as
// "schema.fields[3].name", in its file. Where there is no such value, it is that
// of the nearest thing around it.
func (s *Source) Position(path string) (line, column int) {
	if s.document == nil {
		return 1, 1
	}
	// The tree of a record of a stream is not kept: few are asked for positions.
	s.once.Do(func() {
		if s.tree == nil {
			s.tree = new(tree)
			_, _ = parse(s.tree, new(findings), s.document, s.limits) // it has been read before
		}
	})
	if len(s.tree.nodes) == 0 {
		return s.document.position(0)
	}
	value, _, _ := s.tree.find(path)
	return s.document.position(s.document.offset(s.tree.nodes[value].place))
}

// Read reads the one descriptor of a file. The name is shown in problems; "-"
// stands for standard input. It returns all problems in the order of the file.
// The Source is nil only when nothing could be made of the file; when a problem
// is an error, its Dataset lacks what was wrong.
func (r *Reader) Read(name string, src io.Reader) (*Source, []Problem) {
	w := newWindow(src)
	if p := open(w, name); p != nil {
		return nil, []Problem{*p}
	}
	w.fill(r.MaxBytes + 1)
	if p := endProblem(w, name); p != nil {
		return nil, []Problem{*p}
	}
	if len(w.buf) > r.MaxBytes {
		return nil, []Problem{r.tooLarge(&document{name: name, line: w.line, column: w.column})}
	}
	d := &document{name: name, text: string(w.buf), line: w.line, column: w.column, yaml: !isJSON(w.buf)}
	var rest *Problem
	if d.yaml {
		rest = cutYAML(d)
	}
	t := new(tree)
	source, problems, _ := r.read(d, t)
	if source != nil && len(t.nodes) > 0 {
		source.tree = t
	}
	if rest != nil {
		problems = append(problems, *rest)
	}
	return source, problems
}

// ReadAll reads the descriptors of a stream and calls fn for each in turn: the
// documents of a YAML file, or JSON objects one after the other, one a line
// (NDJSON) or in a list. A descriptor that cannot be read is given to fn as a
// nil Source with its problems, and reading goes on behind it; so is an error of
// src, with which it ends. Memory is bounded by the limits, not by the stream; the
// bytes of a [bytes.Buffer] are read where they lie. The error is the one that fn
// returned.
func (r *Reader) ReadAll(name string, src io.Reader, fn func(*Source, []Problem) error) error {
	s := stream{reader: r, window: newWindow(src), name: name, fn: fn}
	if p := open(s.window, name); p != nil {
		return fn(nil, []Problem{*p})
	}
	var err error
	if s.window.startsJSON() {
		err = s.json()
	} else {
		err = s.yaml()
	}
	if err != nil {
		return err
	}
	if p := endProblem(s.window, name); p != nil {
		return fn(nil, []Problem{*p})
	}
	if s.records == 0 {
		return fn(nil, []Problem{(&document{name: name, line: 1, column: 1}).problem(0, codeEmpty, "", nil)})
	}
	return nil
}

// isJSON tells the format of a text by its first sign.
func isJSON(text []byte) bool {
	text = bytes.TrimLeft(text, " \t\r\n")
	return len(text) > 0 && (text[0] == '{' || text[0] == '[')
}

// read reads the descriptor that is the whole of d. It also returns the mistake
// that made the rest of the text unreadable.
func (r *Reader) read(d *document, t *tree) (*Source, []Problem, *syntaxError) {
	if !d.yaml {
		if s, problems := r.direct(d, t); s != nil {
			return s, problems, nil
		}
	}
	return r.readTree(d, t)
}

// readTree reads a descriptor by way of a tree.
func (r *Reader) readTree(d *document, t *tree) (*Source, []Problem, *syntaxError) {
	f := &findings{}
	end, err := parse(t, f, d, r.limits())
	if err == nil && len(t.nodes) == 0 {
		err = syntaxErr(0, codeEmpty)
	}
	if err != nil {
		return nil, append(f.problems(d, r.MaxProblems), err.problem(d)), err
	}
	var rest []Problem
	if end < len(d.text) {
		rest = []Problem{d.problem(end, trailing(d.text[end:]), "", nil)}
	}
	if n := &t.nodes[0]; n.kind != nodeMapping {
		if n.kind != nodeBad {
			f.add(n.place, codeNotDescriptor, "", map[string]string{"was": kindOf(n)})
		}
		return nil, append(f.problems(d, r.MaxProblems), rest...), nil
	}
	dataset := new(Dataset)
	w := filler{shape: r.shape, tree: t, findings: f}
	w.group(0, r.shape.root, reflect.ValueOf(dataset).Elem())
	s := r.checked(d, dataset, t, f)
	return s, append(f.problems(d, r.MaxProblems), rest...), nil
}

// direct reads a record of JSON without a tree, for which t is memory, or returns
// nil when that is not enough.
func (r *Reader) direct(d *document, t *tree) (*Source, []Problem) {
	dataset := r.readDirect(d.text)
	if dataset == nil {
		return nil, nil
	}
	f := &findings{}
	s := r.checked(d, dataset, t, f)
	return s, f.problems(d, r.MaxProblems)
}

// checked looks for what is wrong with a Dataset that has been read. The tree is
// that of the document, or empty.
func (r *Reader) checked(d *document, dataset *Dataset, t *tree, f *findings) *Source {
	c := checker{reader: r, dataset: dataset, findings: f, document: d, taken: t}
	c.check()
	return &Source{Dataset: dataset, Name: d.name, Record: 1, document: d, limits: r.limits()}
}

// trailing is the code for what follows a JSON value.
func trailing(rest string) string {
	if rest[0] == '{' || rest[0] == '[' {
		return codeSeveralDocuments
	}
	return codeJSONTrailing
}

// parse reads the text of a document into a tree and returns the offset behind
// what it has read.
func parse(t *tree, f *findings, d *document, l limits) (end int, err *syntaxError) {
	if err := badText(d); err != nil {
		return 0, err
	}
	if d.yaml {
		return len(d.text), readYAML(t, f, d, l)
	}
	return readJSON(t, f, d.text, l)
}

func (e *syntaxError) problem(d *document) Problem {
	p := d.problem(e.offset, e.code, "", e.params)
	if e.other >= 0 {
		line, _ := d.position(e.other)
		p.Params["line"] = strconv.Itoa(line)
	}
	return p
}

// badText finds what no text file holds: bytes that are not UTF-8, and in YAML
// control characters and invisible line separators.
func badText(d *document) *syntaxError {
	text := d.text
	if !d.yaml && utf8.ValidString(text) {
		return nil
	}
	for i := 0; i < len(text); {
		if c := text[i]; c < utf8.RuneSelf {
			if d.yaml && (c < ' ' && c != '\t' && c != '\n' && c != '\r' || c == 0x7F) {
				return syntaxErr(i, codeControlCharacter, "found", codePoint(rune(c)))
			}
			i++
			continue
		}
		c, size := utf8.DecodeRuneInString(text[i:])
		switch {
		case c == utf8.RuneError && size == 1:
			return syntaxErr(i, codeInvalidUTF8, "found", strings.ToUpper(strconv.FormatInt(int64(text[i]), 16)))
		case d.yaml && (c < 0xA0 || c == 0x2028 || c == 0x2029 || c == 0xFFFE || c == 0xFFFF):
			return syntaxErr(i, codeControlCharacter, "found", codePoint(c))
		}
		i += size
	}
	return nil
}

// cutYAML makes d the first document that says anything, and returns a problem
// about the next one, if there is one.
func cutYAML(d *document) *Problem {
	text := []byte(d.text)
	var start, end int
	for {
		var s yamlSplitter
		n, _ := s.scan(text[start:], true)
		end = start + n
		if end == len(text) || saysYAML(d.text[start:end]) {
			break
		}
		start = end
	}
	var rest *Problem
	if saysYAML(d.text[end:]) {
		p := d.problem(end, codeSeveralDocuments, "", nil)
		rest = &p
	}
	d.line, _ = d.position(start)
	d.text = d.text[start:end]
	return rest
}

// saysYAML tells whether a document, or any of several, says anything.
func saysYAML(text string) bool {
	for line := range strings.Lines(text) {
		if isMarker(line, "---") || isMarker(line, "...") {
			line = line[len("---"):]
		}
		if startsYAML(line) {
			return true
		}
	}
	return false
}

// open looks at the start of a file, passes the mark of UTF-8 and returns a
// problem if the file is none that can be read.
func open(w *window, name string) *Problem {
	w.fill(512)
	head := w.buf
	d := &document{name: name, line: 1, column: 1}
	if kind := encoding(head); kind != "" {
		p := d.problem(0, codeWrongEncoding, "", map[string]string{"found": kind})
		return &p
	}
	if rest, ok := bytes.CutPrefix(head, []byte("\xEF\xBB\xBF")); ok {
		w.buf, head = rest, rest
	}
	for _, m := range magic {
		if bytes.HasPrefix(head, []byte(m.start)) {
			p := d.problem(0, codeNotText, "", map[string]string{"was": m.kind})
			return &p
		}
	}
	if ink := bytes.TrimLeft(head, " \t\r\n"); len(ink) > 0 && ink[0] == '<' {
		d.text = string(bytes.ToValidUTF8(head, nil))
		p := d.problem(strings.IndexByte(d.text, '<'), codeMarkup, "", nil)
		return &p
	}
	return nil
}

// encoding recognises the texts that are not in UTF-8, by their mark or by the
// zero bytes among the first letters.
func encoding(head []byte) string {
	switch {
	case bytes.HasPrefix(head, []byte{0xFF, 0xFE, 0, 0}), bytes.HasPrefix(head, []byte{0, 0, 0xFE, 0xFF}):
		return "UTF-32"
	case bytes.HasPrefix(head, []byte{0xFF, 0xFE}), bytes.HasPrefix(head, []byte{0xFE, 0xFF}):
		return "UTF-16"
	case len(head) >= 4 && (head[0] == 0) != (head[1] == 0) && (head[2] == 0) != (head[3] == 0) && (head[0] == 0) == (head[2] == 0):
		return "UTF-16"
	}
	return ""
}

// magic are the first bytes of files that people take for descriptors.
var magic = []struct{ start, kind string }{
	{"PK\x03\x04", "zip"},
	{"PK\x05\x06", "zip"},
	{"\xD0\xCF\x11\xE0", "office"},
	{"%PDF-", "pdf"},
	{"\x1F\x8B", "compressed"},
	{"7z\xBC\xAF", "compressed"},
	{"Rar!\x1A", "compressed"},
	{"\x89PNG", "image"},
	{"\xFF\xD8\xFF", "image"},
	{"GIF8", "image"},
	{"SQLite format 3\x00", "database"},
	{"PAR1", "database"},
}

func (r *Reader) tooLarge(d *document) Problem {
	size := strconv.FormatFloat(float64(r.MaxBytes)/(1<<20), 'f', -1, 64)
	return d.problem(0, codeTooLarge, "", map[string]string{"limit": size})
}

// endProblem is the problem of a stream that broke off.
func endProblem(w *window, name string) *Problem {
	err := w.failed()
	if err == nil {
		return nil
	}
	d := &document{name: name, line: w.line, column: w.column}
	p := d.problem(0, codeReadFailed, "", map[string]string{"found": shown(err.Error())})
	return &p
}
