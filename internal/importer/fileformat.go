package importer

import (
	"strings"

	"puntari/internal/facts"
)

// medium is what a distribution is.
type medium int

const (
	dataFile medium = iota
	service         // an interface
	webPage         // a page to look at, or a document about the data
)

// fileFormat is the format of the descriptor for what a source writes: a short
// name, a media type or the IRI of a code list. It is empty for interfaces and
// pages, and OTHER for a file in another format.
func fileFormat(raw string) (code string, m medium) {
	s := strings.ToLower(strings.TrimSpace(raw))
	if f, ok := mediaTypes[s]; ok {
		return f, dataFile
	}
	if i := strings.LastIndex(s, "media-types/"); i >= 0 {
		s = s[i+len("media-types/"):]
		if f, ok := mediaTypes[s]; ok {
			return f, dataFile
		}
	}
	if kind, _, ok := strings.Cut(s, "/"); ok && !strings.Contains(s, "://") && isWord(kind) && strings.Count(s, "/") == 1 && !strings.Contains(s, " ") {
		if strings.Contains(s, "html") {
			return "", webPage
		}
		if isMediaType[kind] {
			return "OTHER", dataFile
		}
	}
	s = lastSegment(s)
	switch {
	case strings.Contains(s, "documentation"), strings.Contains(s, "html"), strings.Contains(s, "visuali"), strings.Contains(s, "metadata"), strings.Contains(s, "www"), strings.Contains(s, "web page"):
		return "", webPage
	}
	words := facts.Words(s)
	for _, w := range words {
		if serviceNames[w] {
			return "", service
		}
	}
	for _, w := range words {
		if f, ok := fileNames[w]; ok {
			return f, dataFile
		}
	}
	for _, w := range words {
		if pageNames[w] {
			return "", webPage
		}
	}
	return "OTHER", dataFile
}

// isMediaType are the first halves of media types.
var isMediaType = map[string]bool{"application": true, "text": true, "image": true, "audio": true, "video": true, "model": true, "multipart": true, "font": true}

var mediaTypes = map[string]string{
	"text/csv": "CSV", "application/csv": "CSV", "text/comma-separated-values": "CSV",
	"application/json": "JSON", "text/json": "JSON", "application/x-ndjson": "JSON", "application/jsonl": "JSON",
	"application/geo+json": "GeoJSON", "application/vnd.geo+json": "GeoJSON",
	"application/geopackage+sqlite3": "GPKG", "application/gml+xml": "GML",
	"application/vnd.apache.parquet": "PARQUET", "application/x-parquet": "PARQUET", "application/parquet": "PARQUET",
	"application/xml": "XML", "text/xml": "XML", "application/pdf": "PDF", "application/x-pdf": "PDF",
	"application/rdf+xml": "RDF", "text/turtle": "RDF", "application/ld+json": "RDF", "application/n-triples": "RDF",
	"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": "XLSX",
	"application/vnd.shp": "SHP", "application/x-shapefile": "SHP",
}

var fileNames = map[string]string{
	"csv": "CSV", "json": "JSON", "ndjson": "JSON", "jsonl": "JSON", "geojson": "GeoJSON", "gpkg": "GPKG", "geopackage": "GPKG", "gml": "GML",
	"parquet": "PARQUET", "geoparquet": "PARQUET", "xml": "XML", "rdf": "RDF", "ttl": "RDF", "turtle": "RDF", "jsonld": "RDF",
	"gtfs": "GTFS", "datex": "DATEX2", "datex2": "DATEX2", "datexii": "DATEX2", "netex": "NETEX", "xlsx": "XLSX", "pdf": "PDF",
	"shp": "SHP", "shapefile": "SHP",
}

var serviceNames = map[string]bool{
	"api": true, "wms": true, "wfs": true, "wmts": true, "wcs": true, "csw": true, "rest": true, "sparql": true, "odata": true,
	"graphql": true, "soap": true, "geoservice": true, "opensearch": true, "openapi": true, "webservice": true,
}

var pageNames = map[string]bool{
	"html": true, "htm": true, "hmtl": true, "link": true, "app": true, "application": true, "aspx": true, "url": true,
}

// fileFormatOf is fileFormat for a short name that media types do not cover:
// RDF written in JSON is RDF and not JSON.
func fileFormatOf(raw string) (string, medium) {
	switch strings.ToUpper(lastSegment(raw)) {
	case "JSON_LD", "JSON-LD", "RDF_XML", "RDFXML", "N3":
		return "RDF", dataFile
	case "JSON_GEO", "GEOJSON":
		return "GeoJSON", dataFile
	}
	return fileFormat(raw)
}
