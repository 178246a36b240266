package rdf

import "strings"

// Resolve completes a relative reference against a base, as RFC 3986 section
// 5.2 says. A reference that is complete, or an empty base, gives the reference
// itself.
func Resolve(base, reference string) string {
	if hasScheme(reference) {
		if !strings.Contains(reference, "/./") && !strings.Contains(reference, "/../") {
			return reference
		}
		r := splitIRI(reference)
		r.path = removeDots(r.path)
		return r.String()
	}
	if base == "" {
		return reference
	}
	b, r := splitIRI(base), splitIRI(reference)
	t := iriParts{scheme: b.scheme, fragment: r.fragment, hasFragment: r.hasFragment}
	switch {
	case r.hasAuthority:
		t.authority, t.hasAuthority = r.authority, true
		t.path, t.query, t.hasQuery = removeDots(r.path), r.query, r.hasQuery
		return t.String()
	case r.path == "" && r.hasQuery:
		t.path, t.query, t.hasQuery = b.path, r.query, true
	case r.path == "":
		t.path, t.query, t.hasQuery = b.path, b.query, b.hasQuery
	default:
		t.query, t.hasQuery = r.query, r.hasQuery
		switch {
		case strings.HasPrefix(r.path, "/"):
			t.path = removeDots(r.path)
		case b.hasAuthority && b.path == "":
			t.path = removeDots("/" + r.path)
		default:
			t.path = removeDots(b.path[:strings.LastIndexByte(b.path, '/')+1] + r.path)
		}
	}
	t.authority, t.hasAuthority = b.authority, b.hasAuthority
	return t.String()
}

// hasScheme tells whether an IRI is complete: it begins with something like
// "https:".
func hasScheme(s string) bool { return schemeLength(s) > 0 }

func schemeLength(s string) int {
	for i := 0; i < len(s); i++ {
		switch c := s[i]; {
		case c == ':':
			return i
		case isLetter(c):
		case i > 0 && (isDigit(c) || c == '+' || c == '-' || c == '.'):
		default:
			return 0
		}
	}
	return 0
}

type iriParts struct {
	scheme, authority, path, query, fragment string

	hasAuthority, hasQuery, hasFragment bool
}

func splitIRI(s string) iriParts {
	var p iriParts
	s, p.fragment, p.hasFragment = strings.Cut(s, "#")
	s, p.query, p.hasQuery = strings.Cut(s, "?")
	if n := schemeLength(s); n > 0 {
		p.scheme, s = s[:n], s[n+1:]
	}
	if rest, ok := strings.CutPrefix(s, "//"); ok {
		p.hasAuthority = true
		i := strings.IndexByte(rest, '/')
		if i < 0 {
			i = len(rest)
		}
		p.authority, s = rest[:i], rest[i:]
	}
	p.path = s
	return p
}

func (p iriParts) String() string {
	var b strings.Builder
	if p.scheme != "" {
		b.WriteString(p.scheme + ":")
	}
	if p.hasAuthority {
		b.WriteString("//" + p.authority)
	}
	b.WriteString(p.path)
	if p.hasQuery {
		b.WriteString("?" + p.query)
	}
	if p.hasFragment {
		b.WriteString("#" + p.fragment)
	}
	return b.String()
}

// removeDots takes "." and ".." out of a path, as RFC 3986 section 5.2.4 says.
func removeDots(path string) string {
	if !strings.Contains(path, ".") {
		return path
	}
	segments := strings.Split(path, "/")
	out := segments[:0:0]
	for i, s := range segments {
		last := i == len(segments)-1
		switch s {
		case ".":
		case "..":
			if len(out) > 1 || len(out) == 1 && out[0] != "" {
				out = out[:len(out)-1]
			}
		default:
			out = append(out, s)
			continue
		}
		if last {
			out = append(out, "")
		}
	}
	joined := strings.Join(out, "/")
	if strings.HasPrefix(path, "/") && !strings.HasPrefix(joined, "/") {
		joined = "/" + joined
	}
	return joined
}

// isIRIByte tells whether a byte may stand in an IRI.
func isIRIByte(c byte) bool {
	switch c {
	case '<', '>', '"', '{', '}', '|', '^', '`', '\\':
		return false
	}
	return c > ' '
}

func isIRI(s string) bool {
	for i := 0; i < len(s); i++ {
		if !isIRIByte(s[i]) {
			return false
		}
	}
	return true
}

func isLetter(c byte) bool { return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' }
func isDigit(c byte) bool  { return c >= '0' && c <= '9' }
func isHex(c byte) bool    { return isDigit(c) || c >= 'a' && c <= 'f' || c >= 'A' && c <= 'F' }
