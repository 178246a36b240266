package rdf

import (
	"bytes"
	"encoding/xml"
	"regexp"
	"strings"
	"unicode"

	"golang.org/x/text/encoding/htmlindex"
)

var (
	xmlEncoding = regexp.MustCompile(`^\s*<\?xml[^>]*\sencoding\s*=\s*["']([A-Za-z0-9._:-]+)["']`)
	xmlEntity   = regexp.MustCompile(`<!ENTITY\s+([\w.-]+)\s+(?:"([^"]*)"|'([^']*)')\s*>`)
)

// decodeXML gives the document in UTF-8, as its declaration says.
func decodeXML(data []byte) ([]byte, error) {
	data = bytes.TrimPrefix(data, []byte("\xef\xbb\xbf"))
	m := xmlEncoding.FindSubmatch(data[:min(len(data), 256)])
	if m == nil || strings.EqualFold(string(m[1]), "utf-8") {
		return data, nil
	}
	encoding, err := htmlindex.Get(string(m[1]))
	if err != nil {
		return nil, errorAt(data, 0, CodeXML, string(m[1]))
	}
	decoded, err := encoding.NewDecoder().Bytes(data)
	if err != nil {
		return nil, errorAt(data, 0, CodeInvalidUTF8, string(m[1]))
	}
	return decoded, nil
}

// entities takes over the entities that a document type declares, as far as
// their use does not swell the document.
func (r *xmlReader) entities(directive xml.Directive) {
	const most, widest = 200, 16 << 20
	declared := xmlEntity.FindAllSubmatch(directive, most+1)
	if len(declared) == 0 {
		return
	}
	entities := make(map[string]string, len(declared))
	grown := 0
	for _, m := range declared {
		name, value := string(m[1]), string(m[2])+string(m[3])
		entities[name] = value
		grown += len(value) * bytes.Count(r.data, []byte("&"+name+";"))
	}
	if len(declared) > most || grown > widest+2*len(r.data) {
		r.fail(CodeEntityLimits, "")
		return
	}
	r.decoder.Entity = entities
}

// isNCName tells whether a text is an XML name without a colon.
func isNCName(s string) bool {
	for i, c := range s {
		switch {
		case unicode.IsLetter(c) || c == '_':
		case i > 0 && (unicode.IsDigit(c) || c == '-' || c == '.' || c == 0xb7 || unicode.Is(unicode.Mn, c)):
		default:
			return false
		}
	}
	return s != ""
}

// xmlLiteral reads the content of an element as a text, close to exclusive
// canonical XML: enough for the formatted descriptions of catalogues.
func (r *xmlReader) xmlLiteral() string {
	var b strings.Builder
	prefixes := map[string]string{}                              // by namespace
	declared := []map[string]bool{{}}                            // per open element
	escape := func(text []byte) { _ = xml.EscapeText(&b, text) } // a strings.Builder takes everything
	qualified := func(n xml.Name) string {
		if p := prefixes[n.Space]; p != "" {
			return p + ":" + n.Local
		}
		return n.Local
	}
	for token := r.next(); token != nil; token = r.next() {
		switch t := token.(type) {
		case xml.StartElement:
			for _, a := range t.Attr {
				if a.Name.Space == "xmlns" {
					prefixes[a.Value] = a.Name.Local
				}
			}
			b.WriteString("<" + qualified(t.Name))
			outer := declared[len(declared)-1]
			if t.Name.Space != "" {
				declaration := ` xmlns="` + t.Name.Space + `"`
				if p := prefixes[t.Name.Space]; p != "" {
					declaration = " xmlns:" + p + `="` + t.Name.Space + `"`
				}
				if !outer[declaration] {
					b.WriteString(declaration)
					inner := make(map[string]bool, len(outer)+1)
					for k := range outer {
						inner[k] = true
					}
					inner[declaration] = true
					outer = inner
				}
			}
			if declared = append(declared, outer); len(declared) > r.options.MaxDepth {
				r.fail(CodeTooDeep, "")
			}
			for _, a := range t.Attr {
				if isDeclaration(a.Name) {
					continue
				}
				b.WriteString(" " + qualified(a.Name) + `="`)
				escape([]byte(a.Value))
				b.WriteByte('"')
			}
			b.WriteByte('>')
		case xml.EndElement:
			if len(declared) == 1 {
				return b.String()
			}
			declared = declared[:len(declared)-1]
			b.WriteString("</" + qualified(t.Name) + ">")
		case xml.CharData:
			escape(t)
		case xml.Comment:
			b.WriteString("<!--" + string(t) + "-->")
		case xml.ProcInst:
			b.WriteString("<?" + t.Target + " " + string(t.Inst) + "?>")
		}
	}
	return b.String()
}
