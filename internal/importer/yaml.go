package importer

import (
	"bytes"
	"errors"
	"io"
	"regexp"
	"strconv"
	"strings"
	"unicode/utf8"

	"go.yaml.in/yaml/v3"

	"puntari/internal/descriptor"
	"puntari/internal/rdf"
)

// yaml reads a YAML document, or the front matter of a page.
func (im *importer) yaml(read func(*record, value)) error {
	data, err := im.input.all()
	if err != nil {
		return err
	}
	text, line := frontMatter(data)
	v, twice, at, err := decodeYAML(text, im.options.Limits)
	if err != nil {
		code, detail := codeYAML, yamlDetail(err)
		if errors.Is(err, errTooDeep) {
			code, detail = "import.syntax."+string(rdf.CodeTooDeep), strconv.Itoa(im.options.Limits.Depth)
		}
		at = position{line + at.line, max(at.column, 1)}
		p := im.problem(code, descriptor.SeverityError, at, "detail", detail)
		p.Excerpt = lineOf(data, at.line)
		return &ProblemError{p}
	}
	if v.object() == nil {
		return &ProblemError{im.problem(codeNotObject, descriptor.SeverityError, position{line + 1, 1})}
	}
	r := im.begin(position{line + 1, 1})
	for _, n := range twice {
		p := im.problem(codeTwice, descriptor.SeverityIncomplete, position{line + n.Line, n.Column}, "found", n.Value)
		p.Excerpt, p.Caret = lineOf(data, line+n.Line), n.Column-1
		r.Problems = append(r.Problems, p)
	}
	read(r, v)
	return im.finish(r)
}

// frontMatter is the part of a page between two lines "---", or the whole text,
// and the number of lines before it.
func frontMatter(data []byte) (text []byte, before int) {
	start := skipSpace(data, 0)
	rest, ok := bytes.CutPrefix(data[start:], []byte("---"))
	if !ok {
		return data, 0
	}
	before = bytes.Count(data[:start], []byte{'\n'})
	if i := bytes.Index(rest, []byte("\n---")); i >= 0 {
		rest = rest[:i+1]
	}
	return rest, before
}

var (
	errTooDeep = errors.New("too deep")
	errTooMany = errors.New("too many values")
	yamlLine   = regexp.MustCompile(`line (\d+)`)
)

// decodeYAML reads a YAML text into texts, lists and objects. Numbers and dates
// stay as they are written: a postal code is not an octal number.
func decodeYAML(text []byte, l Limits) (v value, twice []yaml.Node, at position, err error) {
	if !utf8.Valid(text) {
		text = bytes.ToValidUTF8(text, []byte("\ufffd"))
	}
	var root yaml.Node
	if err := yaml.NewDecoder(bytes.NewReader(text)).Decode(&root); err != nil {
		if errors.Is(err, io.EOF) {
			return value{}, nil, position{1, 1}, nil
		}
		if m := yamlLine.FindStringSubmatch(err.Error()); m != nil {
			at.line, _ = strconv.Atoi(m[1]) // digits, and 0 for too many of them
		}
		return value{}, nil, at, err
	}
	y := yamlReader{depth: l.Depth, left: 200_000}
	if len(root.Content) == 0 {
		return value{}, nil, position{1, 1}, nil
	}
	x, err := y.read(root.Content[0], 0)
	return value{x}, y.twice, position{y.at.Line, y.at.Column}, err
}

// mostTwice bounds the names given twice that are reported.
const mostTwice = 20

// yamlReader turns nodes into values. left bounds them, because aliases can
// stand for more than is written.
type yamlReader struct {
	depth, left int
	at          yaml.Node
	// twice are names given a second time.
	twice []yaml.Node
}

func (y *yamlReader) read(n *yaml.Node, depth int) (any, error) {
	if y.left--; y.left < 0 {
		y.at = *n
		return nil, errTooMany
	}
	if depth > y.depth {
		y.at = *n
		return nil, errTooDeep
	}
	switch n.Kind {
	case yaml.AliasNode:
		return y.read(n.Alias, depth+1)
	case yaml.SequenceNode:
		list := make([]any, 0, len(n.Content))
		for _, c := range n.Content {
			v, err := y.read(c, depth+1)
			if err != nil {
				return nil, err
			}
			list = append(list, v)
		}
		return list, nil
	case yaml.MappingNode:
		m := make(map[string]any, len(n.Content)/2)
		for i := 0; i+1 < len(n.Content); i += 2 {
			v, err := y.read(n.Content[i+1], depth+1)
			if err != nil {
				return nil, err
			}
			key := n.Content[i].Value
			if _, twice := m[key]; twice {
				if len(y.twice) < mostTwice {
					y.twice = append(y.twice, *n.Content[i])
				}
				continue // the first counts
			}
			m[key] = v
		}
		return m, nil
	case yaml.ScalarNode:
		if n.Tag == "!!null" {
			return nil, nil
		}
		return n.Value, nil
	}
	return nil, nil
}

// yamlDetail is what the YAML reader says, without its own words around it.
func yamlDetail(err error) string {
	s := strings.TrimPrefix(err.Error(), "yaml: ")
	if _, after, ok := strings.Cut(s, ": "); ok && strings.HasPrefix(s, "line ") {
		s = after
	}
	return s
}

// lineOf is a line of a text.
func lineOf(data []byte, line int) string {
	for i := 1; len(data) > 0; i++ {
		text, rest, _ := bytes.Cut(data, []byte{'\n'})
		if i == line {
			return shorten(strings.ToValidUTF8(strings.TrimRight(string(text), "\r"), "\ufffd"))
		}
		data = rest
	}
	return ""
}
