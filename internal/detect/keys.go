package detect

import "bytes"

// leastKey is the length from which on a random key is told from other codes.
const leastKey = 20

// isKey tells whether a value is a random key: of an interface, a session, a
// digest in other letters. In random letters and digits the kinds of characters
// change from one to the next in four of ten places, in words, numbers and codes that
// people make in few; one in four is the limit.
func isKey(b []byte, class Class) bool {
	const longest = 4096
	if class&Digit == 0 || len(b) > longest {
		return false
	}
	if isPassword(b) || isSigned(b) {
		return true
	}
	if class&(Upper|Lower) == 0 || class&^(Digit|Upper|Lower|Minus|Plus|Slash|Other) != 0 {
		return false
	}
	n, changes, digits := 0, 0, 0
	var last Class
	for _, c := range b {
		k := classOf[c]
		switch k {
		case Digit:
			digits++
		case Upper, Lower:
		case Minus, Plus, Slash:
			continue
		default:
			if c != '_' && c != '=' {
				return false
			}
			continue
		}
		if n > 0 && k != last {
			changes++
		}
		last = k
		n++
	}
	return n >= leastKey && digits*20 >= n && 4*changes >= n-1
}

// isPassword tells whether a value is the digest of a password or one that names
// its method: $2b$12$..., $argon2id$..., sha256:...
func isPassword(b []byte) bool {
	if b[0] == '$' {
		return len(b) == 60 && b[1] == '2' && b[3] == '$' || bytes.HasPrefix(b, []byte("$argon2")) || bytes.HasPrefix(b, []byte("$6$")) || bytes.HasPrefix(b, []byte("$5$"))
	}
	for _, method := range [...]string{"md5:", "sha1:", "sha256:", "sha384:", "sha512:"} {
		if len(b) > len(method) && b[0]|' ' == method[0] && bytes.EqualFold(b[:len(method)], []byte(method)) {
			return isDigestLength(len(b)-len(method)) && isHex(b[len(method):])
		}
	}
	return false
}

// isSigned tells whether a value is a JSON web token: three parts with points
// between, the first of which is a JSON object in base64.
func isSigned(b []byte) bool {
	return b[0] == 'e' && bytes.HasPrefix(b, []byte("eyJ")) && bytes.Count(b, []byte{'.'}) == 2 && bytes.IndexByte(b, ' ') < 0
}

// isPosition tells whether a value holds two coordinates: "60.17116, 24.93266", a
// point of well-known text, or degrees and minutes.
func isPosition(b []byte, class Class) bool {
	if class&High != 0 {
		degree := bytes.Index(b, []byte("°"))
		return degree >= 1 && degree <= 4 && isDigit(b[0]) && bytes.IndexAny(b, "'′\"″") > 0
	}
	if class&(Upper|Lower) != 0 {
		if len(b) < 5 || !bytes.EqualFold(b[:5], []byte("POINT")) {
			return false
		}
		b = bytes.Trim(b[5:], " ()ZM")
		if i := bytes.LastIndexByte(b, ' '); bytes.Count(b, []byte{' '}) == 2 {
			b = b[:i] // a height
		}
		return isPair(b, 0)
	}
	return isPair(b, 4)
}

// isPair tells whether a text is two numbers of degrees with so many decimals at
// least.
func isPair(b []byte, decimals int) bool {
	i := bytes.IndexAny(b, ",; ")
	if i < 1 {
		return false
	}
	first, ok := degrees(b[:i], decimals)
	second, ok2 := degrees(bytes.TrimLeft(b[i:], ",; "), decimals)
	return ok && ok2 && first <= 180 && second <= 180 && min(first, second) <= 90
}

// degrees reads a number with a point; the sign is left out.
func degrees(b []byte, decimals int) (v float64, ok bool) {
	b = bytes.TrimPrefix(b, []byte("-"))
	point := bytes.IndexByte(b, '.')
	if point < 1 || point > 7 || len(b)-point-1 < max(1, decimals) || !digits(b[:point]) || !digits(b[point+1:]) {
		return 0, false
	}
	if decimals == 0 { // a point of text may be in metres
		return 0, true
	}
	return float64(number(b[:point])), true
}
